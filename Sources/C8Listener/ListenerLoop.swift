import Glibc

/// The listener's thread: few clients at a time, each with a deadline, so that none of them can hold others up.
struct ListenerLoop: Sendable {
    /// Clients at a time; more wait in the kernel's queue.
    static let mostConnections = 32
    /// Nanoseconds for a request and its answer.
    static let patience: UInt64 = 5_000_000_000
    /// Nanoseconds for a client to close after its answer.
    static let lingering: UInt64 = 1_000_000_000

    let socket: Int32
    /// Readable once the thread shall end.
    let bell: Int32
    let pages: ListenerPages

    /// Serves until the bell rings, then closes everything.
    func run() {
        var connections: [ListenerConnection] = []
        while true {
            let now = Self.now()
            connections.removeAll { connection in
                guard connection.deadline <= now else { return false }
                close(connection.descriptor)
                return true
            }
            var waits = [pollfd(fd: bell, events: Int16(POLLIN), revents: 0)]
            // A negative descriptor is passed over.
            let isFull = connections.count >= Self.mostConnections
            waits.append(pollfd(fd: isFull ? -1 : socket, events: Int16(POLLIN), revents: 0))
            waits += connections.map { pollfd(fd: $0.descriptor, events: $0.events, revents: 0) }
            let soonest = connections.map(\.deadline).min()
            let milliseconds = soonest.map { Int32(clamping: ($0 > now ? $0 - now : 0) / 1_000_000 + 1) } ?? -1
            guard poll(&waits, nfds_t(waits.count), milliseconds) >= 0 || errno == EINTR else { break }
            if waits[0].revents != 0 { break }
            var kept: [ListenerConnection] = []
            for (var connection, wait) in zip(connections, waits.dropFirst(2)) {
                if wait.revents == 0 || connection.proceed(pages, lingering: Self.now() + Self.lingering) {
                    kept.append(connection)
                } else {
                    close(connection.descriptor)
                }
            }
            connections = kept
            if waits[1].revents != 0 { accept(into: &connections) }
        }
        for connection in connections { close(connection.descriptor) }
        close(socket)
        close(bell)
    }

    private func accept(into connections: inout [ListenerConnection]) {
        while connections.count < Self.mostConnections {
            let descriptor = Glibc.accept(socket, nil, nil)
            guard descriptor >= 0 else {
                // Out of descriptors: the client would be announced again and again without a pause.
                if errno == EMFILE || errno == ENFILE { usleep(100_000) }
                return
            }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
            connections.append(ListenerConnection(descriptor, deadline: Self.now() + Self.patience))
        }
    }

    /// Nanoseconds of a clock that only runs forward.
    static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
