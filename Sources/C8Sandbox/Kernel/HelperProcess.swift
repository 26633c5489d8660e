import CLinuxShims
import Glibc
import Synchronization

/// A process split off before the wall goes up, to do one thing that the wall will forbid. It does that thing, whenever it
/// is asked, and takes no instructions; it ends with the process that started it.
package final class HelperProcess: Sendable {
    /// The helper is gone, or could not be started: the number of the system's error.
    package struct Failure: Error, Sendable, Hashable {
        package let number: Int32
    }

    /// Connected to the helper. The lock lets one question at a time wait for its answer.
    private let socket: Mutex<Int32>

    private init(socket: Int32) { self.socket = Mutex(socket) }

    deinit { socket.withLock { _ = close($0) } }

    /// Starts a helper; to be called while this process has a single thread.
    ///
    /// - Parameter answer: runs in the helper, once for each question.
    package static func start(answering answer: () -> [UInt8]) throws(Failure) -> HelperProcess {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw Failure(number: errno) }
        let child = c8_fork()
        if child == 0 {
            close(ends[0])
            serve(ends[1], answer)
        }
        close(ends[1])
        guard child > 0 else {
            close(ends[0])
            throw Failure(number: -child)
        }
        return HelperProcess(socket: ends[0])
    }

    /// Asks, and waits for the answer; blocks the thread.
    package func ask() throws(Failure) -> [UInt8] {
        try socket.withLock { socket throws(Failure) in
            guard Self.send([1], to: socket) else { throw Failure(number: errno) }
            guard let head = Self.receive(4, from: socket) else { throw Failure(number: EPIPE) }
            let count = head.reversed().reduce(0) { $0 << 8 | Int($1) }
            guard let answer = Self.receive(count, from: socket) else { throw Failure(number: EPIPE) }
            return answer
        }
    }

    /// The helper's whole life.
    private static func serve(_ socket: Int32, _ answer: () -> [UInt8]) -> Never {
        // The terminal signals all its processes; the other one decides what that means, and this one ends after it.
        for number in [SIGINT, SIGHUP, SIGQUIT, SIGPIPE] { signal(number, SIG_IGN) }
        // Whoever reads c8run's output must not wait for this process.
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        if null >= 0 {
            dup2(null, STDIN_FILENO)
            dup2(null, STDOUT_FILENO)
        }
        while receive(1, from: socket) != nil {
            let bytes = answer()
            let head = (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> ($0 * 8)) }
            guard send(head + bytes, to: socket) else { break }
        }
        _exit(0)
    }

    private static func send(_ bytes: [UInt8], to socket: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { part in
                Glibc.send(socket, part.baseAddress, part.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0 {
                if errno == EINTR { continue }
                return false
            }
            sent += count
        }
        return true
    }

    /// Exactly so many bytes; nil where the other end is gone.
    private static func receive(_ count: Int, from socket: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var got = 0
        while got < count {
            let part = bytes[got...].withUnsafeMutableBytes { Glibc.recv(socket, $0.baseAddress, $0.count, 0) }
            if part < 0, errno == EINTR { continue }
            guard part > 0 else { return nil }
            got += part
        }
        return bytes
    }
}
