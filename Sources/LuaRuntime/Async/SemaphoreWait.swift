import Dispatch

/// The wait of a thread that has nothing but its queue.
package final class SemaphoreWait: ThreadWait {
    private let semaphore = DispatchSemaphore(value: 0)

    package init() {}

    package func begin() {}

    package func wait(mayBlock: Bool) {
        if mayBlock { semaphore.wait() } else { _ = semaphore.wait(timeout: .now()) }
    }

    package func withoutServing<Value>(_ body: () -> Value) -> Value { body() }

    package func wake() { semaphore.signal() }
    package var isIdle: Bool { true }
    package var holdsThread: Bool { false }
    package func leave() {}
    package func end() {}
}
