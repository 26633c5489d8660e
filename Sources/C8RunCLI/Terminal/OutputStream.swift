import C8Run
import Glibc
import Synchronization

/// A file descriptor that text is written to, whole lines at a time.
final class OutputStream: Sendable {
    static let standardOutput = OutputStream(descriptor: STDOUT_FILENO)
    static let standardError = OutputStream(descriptor: STDERR_FILENO)

    private let descriptor: Int32
    /// Keeps lines of different threads apart.
    private let turn = Mutex(())

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// True where the descriptor is a terminal.
    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Writes all of the bytes, waiting where a pipe is full.
    ///
    /// - Returns: the error number of the system where the bytes could not all be written (`EPIPE`, `ENOSPC`, …), else nil.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Int32? {
        turn.withLock { _ in DescriptorWriter(descriptor: descriptor).write(bytes) }
    }

    /// Writes a text.
    @discardableResult
    func write(_ text: String) -> Int32? { write(Array(text.utf8)) }
}
