import Glibc

/// A pipe whose content is read back at the end. Holds what fits into it, 64 KiB on Linux.
struct TestPipe {
    let writeEnd: Int32
    private let readEnd: Int32

    struct Failure: Error {}

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Failure() }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    /// Closes the pipe and gives what was written to it.
    func finish() -> String {
        close(writeEnd)
        defer { close(readEnd) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = read(readEnd, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
