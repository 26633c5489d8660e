import C8Client
import Glibc

/// Reads a bindings file that the operator named.
enum BindingsFile {
    private static let sizeLimit = 64 << 20

    static func read(_ path: String) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw problem(path, errno) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var information = stat()
        // Only a hint, so that a long file is not copied as it grows; a pipe has no size.
        if fstat(file, &information) == 0 {
            bytes.reserveCapacity(min(max(information.st_size, 0), sizeLimit))
        }
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw problem(path, errno) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= sizeLimit else { throw problem(path, EFBIG) }
        }
    }

    private static func problem(_ path: String, _ number: Int32) -> ClientError {
        ClientError(
            kind: .config, message: "cannot read the bindings file \(path): \(String(cString: strerror(number)))")
    }
}
