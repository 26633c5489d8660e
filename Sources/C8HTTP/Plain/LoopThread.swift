import Glibc
import Synchronization

/// A thread that serves sockets and does nothing else, for whoever sends from a thread that serves none.
final class LoopThread: Sendable {
    let loop: SocketLoop
    private let isEnding = Mutex(false)

    /// Starts the thread, which runs until ``end()``.
    init() throws(SocketLoop.OpenFailure) {
        loop = try SocketLoop()
        let context = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<LoopThread>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, context.toOpaque())
        guard result == 0 else {
            context.release()
            throw SocketLoop.OpenFailure(number: result)
        }
        pthread_detach(thread)
    }

    func end() {
        isEnding.withLock { $0 = true }
        loop.wake()
    }

    private func run() {
        loop.begin()
        while !isEnding.withLock({ $0 }) { loop.wait(mayBlock: true) }
        loop.end()
    }
}
