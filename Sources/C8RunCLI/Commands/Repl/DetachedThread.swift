import Glibc

/// Work that may wait for a person or for another program, which a thread of the shared pool must not.
enum DetachedThread {
    /// Starts a thread for it; without one, the work is done at once.
    static func start(_ work: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Box(work))
        var thread = pthread_t()
        let failure = pthread_create(&thread, nil, { Self.run($0) }, box.toOpaque())
        if failure == 0 {
            pthread_detach(thread)
        } else {
            box.release()
            work()
        }
    }

    private static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().work() }
        return nil
    }

    private final class Box: Sendable {
        let work: @Sendable () -> Void

        init(_ work: @escaping @Sendable () -> Void) { self.work = work }
    }
}
