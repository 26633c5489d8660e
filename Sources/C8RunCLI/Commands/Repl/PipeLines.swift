import Glibc
import Synchronization

/// Lines of an input that is no terminal, as they come.
final class PipeLines: Sendable {
    private struct Buffer {
        var bytes: [UInt8] = []
        var isAtEnd = false
    }

    private let descriptor: Int32
    private let buffer = Mutex(Buffer())

    init(descriptor: Int32 = STDIN_FILENO) { self.descriptor = descriptor }

    /// The next line without its line break; nil at the end. Waits, on a thread of its own.
    func next() async -> String? {
        await withCheckedContinuation { continuation in
            let work: @Sendable () -> Void = { continuation.resume(returning: self.read()) }
            DetachedThread.start(work)
        }
    }

    private func read() -> String? {
        buffer.withLock { buffer in
            while true {
                if let end = buffer.bytes.firstIndex(of: UInt8(ascii: "\n")) {
                    defer { buffer.bytes.removeSubrange(...end) }
                    return String(decoding: buffer.bytes[..<end], as: UTF8.self)
                }
                if buffer.isAtEnd {
                    defer { buffer.bytes = [] }
                    return buffer.bytes.isEmpty ? nil : String(decoding: buffer.bytes, as: UTF8.self)
                }
                var chunk = [UInt8](repeating: 0, count: 64 << 10)
                let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                if count <= 0 { buffer.isAtEnd = true } else { buffer.bytes += chunk[..<count] }
            }
        }
    }
}
