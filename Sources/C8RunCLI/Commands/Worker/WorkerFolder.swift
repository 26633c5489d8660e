import Glibc

/// The temporary folder of one worker, until this goes: removed then with all that is in it.
///
/// A worker that is killed leaves its folder behind. Whether somebody lives who needs one is told by a lock on the folder itself
/// (flock(2)), which the kernel ends with its process, and which no number of a process that came again can be mistaken for.
final class WorkerFolder: Sendable {
    let path: String
    private let descriptor: Int32
    private let shared: FolderDescriptor
    private let name: String

    /// - Parameter shared: the folder that it is made in, which belongs to this user alone.
    /// - Throws: `ConfigurationError` where it cannot be made.
    init(in shared: String) throws(ConfigurationError) {
        guard let parent = FolderDescriptor(shared) else { throw Self.failure(shared) }
        for _ in 0..<100 {
            let name = "\(getpid())-\(String(UInt64.random(in: .min ... .max), radix: 16))"
            guard mkdirat(parent.number, name, 0o700) == 0 else { throw Self.failure(FilePath.join(shared, name)) }
            // Somebody who tidies up may have come between, and have taken it for left behind.
            guard let own = parent.folder(name), own.lock() || errno != EWOULDBLOCK, parent.holds(own, as: name) else {
                continue
            }
            path = FilePath.join(shared, name)
            descriptor = own.release()
            self.shared = parent
            self.name = name
            return
        }
        throw ConfigurationError("cannot keep a folder in \(shared): it is removed at once", origin: .builtIn)
    }

    deinit {
        shared.remove(name)
        close(descriptor)
    }

    /// Removes the folders of workers that do not live any more. What cannot be removed stays.
    static func removeAbandoned(in shared: String) {
        guard let parent = FolderDescriptor(shared) else { return }
        for name in parent.names where isOfWorker(name) {
            // Locked until it is gone: nobody else begins to remove it, or to use it.
            guard let folder = parent.folder(name), folder.lock(), parent.holds(folder, as: name) else { continue }
            parent.remove(name)
        }
    }

    /// As this names folders: digits, `-`, and a number in base 16.
    private static func isOfWorker(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return false }
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        return parts[0].allSatisfy(isDigit)
            && parts[1].allSatisfy { isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
    }

    private static func failure(_ path: String) -> ConfigurationError {
        ConfigurationError("cannot use \(path): \(String(cString: strerror(errno)))", origin: .builtIn)
    }
}
