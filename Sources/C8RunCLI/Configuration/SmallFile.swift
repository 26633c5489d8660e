import Glibc

/// Reads small files whole: configuration and keys.
struct SmallFile: Sendable {
    /// The file's content.
    let bytes: [UInt8]
    /// The permission bits of `stat(2)`.
    let mode: UInt32

    /// True where users other than the owner may read the file.
    var isReadableByOthers: Bool { mode & 0o044 != 0 }

    /// Reads the file at `path`.
    ///
    /// - Parameter limit: the largest content in bytes that is accepted, so that a device or a wrong path cannot fill memory.
    /// - Throws: `SmallFileError` when it is missing, cannot be opened, is a folder, or is too large.
    static func read(_ path: String, limit: Int) throws(SmallFileError) -> SmallFile {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw SmallFileError(number: errno) }
        defer { close(descriptor) }
        return try read(descriptor: descriptor, limit: limit)
    }

    /// Reads what is left of an open file, a pipe or a terminal.
    static func read(descriptor: Int32, limit: Int) throws(SmallFileError) -> SmallFile {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SmallFileError(number: errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw SmallFileError(number: EISDIR) }

        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw SmallFileError(number: errno)
            }
            if count == 0 { break }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limit else { throw SmallFileError(number: EFBIG) }
        }
        return SmallFile(bytes: bytes, mode: UInt32(status.st_mode & 0o7777))
    }
}
