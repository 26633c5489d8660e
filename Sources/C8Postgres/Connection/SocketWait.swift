import Glibc

/// Waits on the calling thread until a socket can be read or written.
enum SocketWait {
    enum Outcome { case ready, timedOut, failed }

    static func wait(
        _ socket: Int32, writing: Bool, reading: Bool = true, until deadline: ContinuousClock.Instant
    ) -> Outcome {
        guard socket >= 0 else { return .failed }
        while true {
            let left = deadline - .now
            guard left > .zero else { return .timedOut }
            var waits = pollfd(fd: socket, events: Int16((reading ? POLLIN : 0) | (writing ? POLLOUT : 0)), revents: 0)
            let milliseconds = min(left / .milliseconds(1), 3_600_000).rounded(.up)
            let count = poll(&waits, 1, Int32(milliseconds))
            if count > 0 { return .ready }
            if count < 0, errno != EINTR { return .failed }
        }
    }

    /// Whether something has come that nobody asked for, such as the end of the connection.
    static func hasInput(_ socket: Int32) -> Bool {
        var waits = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&waits, 1, 0) != 0
    }
}
