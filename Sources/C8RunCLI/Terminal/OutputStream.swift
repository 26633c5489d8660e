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
        turn.withLock { _ in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    // Someone else's non-blocking flag on a shared descriptor: wait until there is room.
                    var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&ready, 1, -1)
                } else if errno != EINTR {
                    return errno
                }
            }
            return nil
        }
    }

    /// Writes a text.
    @discardableResult
    func write(_ text: String) -> Int32? { write(Array(text.utf8)) }
}
