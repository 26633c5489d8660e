/// What the kernel shall leave to this process, behind the checks that c8run makes itself: files and TCP ports. Starting
/// programs or processes and tracing are left to no one.
///
/// A value; nothing happens before ``apply()``.
package struct KernelWall: Sendable, Hashable {
    /// TCP ports that may be connected to.
    package enum Ports: Sendable, Hashable {
        /// Left alone, because some port that is needed cannot be known beforehand.
        case any
        case only(Set<UInt16>)
    }

    /// Files and folders (with all below) that may be read; absolute paths. What does not exist is left out.
    package var readable: [String]
    /// Folders whose content, and files that, may be written; absolute paths. They need not exist: see ``rules(kind:)``.
    package var writable: [String]
    package var everythingReadable: Bool
    package var everythingWritable: Bool
    /// Folders of c8run's own, to read and write: the state.
    package var ownFolders: [String]
    package var ports: Ports
    /// Whether TCP ports may be listened on, as the emulator does.
    package var mayListen: Bool

    package init(
        readable: [String] = [], writable: [String] = [], everythingReadable: Bool = false,
        everythingWritable: Bool = false, ownFolders: [String] = [], ports: Ports = .any, mayListen: Bool = false
    ) {
        self.readable = readable
        self.writable = writable
        self.everythingReadable = everythingReadable
        self.everythingWritable = everythingWritable
        self.ownFolders = ownFolders
        self.ports = ports
        self.mayListen = mayListen
    }
}
