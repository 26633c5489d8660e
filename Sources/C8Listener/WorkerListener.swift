import Glibc
import Synchronization

/// Serves a worker's health (`/healthz`) and its numbers (`/metrics`) to this machine.
///
/// The socket is opened by ``init(_:)``, which starts no thread, so that it can come before the kernel's wall; behind the wall
/// ``start(health:metrics:)`` makes the thread that serves it.
package final class WorkerListener: Sendable {
    /// With the port that was found free, where 0 was asked for.
    package let address: ListenerAddress
    private let socket: Int32
    /// The end of a pipe that ends the thread when it is closed; -1 where there is none.
    private let stopper = Mutex<Int32>(-1)

    /// Opens the socket.
    ///
    /// - Throws: ``ListenerError/cannotListen(_:_:)``.
    package init(_ address: ListenerAddress) throws(ListenerError) {
        let (descriptor, port) = try ListenerSocket.open(address)
        socket = descriptor
        self.address = ListenerAddress(address, port: port)
    }

    /// Opens the socket and serves it.
    package static func start(
        _ address: ListenerAddress, health: @escaping @Sendable () -> WorkerHealth,
        metrics: @escaping @Sendable () -> String
    ) throws(ListenerError) -> WorkerListener {
        let listener = try WorkerListener(address)
        try listener.start(health: health, metrics: metrics)
        return listener
    }

    /// Serves the socket, until ``stop()``. To be called once.
    ///
    /// - Parameters:
    ///   - health: asked for each visit of `/healthz`, on the listener's own thread.
    ///   - metrics: the text for `/metrics`, likewise.
    package func start(
        health: @escaping @Sendable () -> WorkerHealth, metrics: @escaping @Sendable () -> String
    ) throws(ListenerError) {
        var pipe: [Int32] = [-1, -1]
        guard Glibc.pipe(&pipe) == 0 else { throw .cannotListen(address, errno) }
        for end in pipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let loop = ListenerLoop(
            socket: socket, bell: pipe[0], pages: ListenerPages(health: health, metrics: metrics))
        let box = Unmanaged.passRetained(Box(loop))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().loop.run() }
                return nil
            }, box.toOpaque())
        guard status == 0 else {
            box.release()
            close(pipe[0])
            close(pipe[1])
            throw .cannotListen(address, status)
        }
        pthread_detach(thread)
        stopper.withLock { $0 = pipe[1] }
    }

    /// Ends it: what is being sent is cut off.
    package func stop() {
        let descriptor = stopper.withLock { end in
            defer { end = -1 }
            return end
        }
        if descriptor >= 0 { close(descriptor) }
    }

    deinit { stop() }

    private final class Box: Sendable {
        let loop: ListenerLoop
        init(_ loop: ListenerLoop) { self.loop = loop }
    }
}
