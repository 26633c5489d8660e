import Dispatch
import Glibc
import Synchronization

/// What a thread waits with that may come to serve sockets: a semaphore until the first request is made on it, then a
/// ``SocketLoop``. A script that makes none needs no descriptors, and no thread while it waits.
///
/// All but ``wake()`` is for the thread that has called ``begin()``.
package final class LazySocketLoop: Sendable {
    private let loop = Mutex<SocketLoop?>(nil)
    private let bell = DispatchSemaphore(value: 0)

    package init() {}

    // MARK: - Its thread

    /// The one whose thread this is.
    static var current: LazySocketLoop? {
        pthread_getspecific(key).map { Unmanaged<LazySocketLoop>.fromOpaque($0).takeUnretainedValue() }
    }

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()

    /// This thread serves it from now on.
    package func begin() {
        pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque())
    }

    /// The loop, from now on the thread's. Nil where no descriptor is free for it: requests then go by another thread.
    func opened() -> SocketLoop? {
        if let known = loop.withLock({ $0 }) { return known }
        guard let made = try? SocketLoop() else { return nil }
        made.begin()
        loop.withLock { $0 = made }
        return made
    }

    /// See ``SocketLoop/wait(mayBlock:)``.
    package func wait(mayBlock: Bool) {
        if let loop = loop.withLock({ $0 }) {
            loop.wait(mayBlock: mayBlock)
        } else if mayBlock {
            bell.wait()
        } else {
            _ = bell.wait(timeout: .now())
        }
    }

    /// See ``SocketLoop/withoutServing(_:)``.
    package func withoutServing<Value>(_ body: () -> Value) -> Value {
        let served = pthread_getspecific(Self.key)
        pthread_setspecific(Self.key, nil)
        defer { pthread_setspecific(Self.key, served) }
        return loop.withLock { $0 }?.withoutServing(body) ?? body()
    }

    /// Ends the present or the next wait; from any thread. The thread that waits with the semaphore makes no loop meanwhile.
    package func wake() {
        if let loop = loop.withLock({ $0 }) { loop.wake() } else { bell.signal() }
    }

    package var isIdle: Bool { loop.withLock { $0 }?.isIdle ?? true }

    /// Connections are that thread's alone.
    package var holdsThread: Bool { loop.withLock { $0 != nil } }

    /// This thread serves it no more. Not to be called once it has a loop.
    package func leave() { pthread_setspecific(Self.key, nil) }

    /// Closes everything.
    package func end() {
        leave()
        loop.withLock { $0 }?.end()
    }
}
