import CLinuxShims
import Glibc

/// The folder of a script, from which `require` reads: held open, so that what is below it is decided by the kernel and
/// not by comparing paths.
package final class ScriptFolder: Sendable {
    /// As given, for messages.
    package let path: String
    private let descriptor: Int32

    /// Larger than any sensible source; a module is read whole.
    private static let sizeLimit = 16 << 20

    package init(path: String) throws(SandboxDenial) {
        let result = (path.isEmpty ? "." : path).withCString { c8_open_directory($0) }
        guard result >= 0 else {
            throw SandboxDenial(
                wanted: "use the folder \(path)", remedy: String(cString: strerror(-result)))
        }
        self.path = path
        descriptor = result
    }

    deinit {
        close(descriptor)
    }

    /// The bytes of a regular file below the folder; nil where there is none, or where the path leads out of it.
    package func read(_ relativePath: String) throws(SandboxDenial) -> [UInt8]? {
        if relativePath.utf8.contains(0) { return nil }
        let file = relativePath.withCString { c8_open_beneath(descriptor, $0) }
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw SandboxDenial(wanted: "read \(path)/\(relativePath)", remedy: String(cString: strerror(errno)))
            }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            if bytes.count > Self.sizeLimit {
                throw SandboxDenial(
                    wanted: "load \(path)/\(relativePath)", remedy: "a module may have at most \(Self.sizeLimit) bytes")
            }
        }
    }
}
