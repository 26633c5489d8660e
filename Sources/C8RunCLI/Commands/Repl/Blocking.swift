import C8Terminal
import Dispatch
import Synchronization

/// Waits for asynchronous work on a thread of one's own; never to be called on a thread of the shared pool.
enum Blocking {
    /// - Returns: ``Completion/none`` after two seconds: whoever types does not wait for it.
    static func wait(_ work: @escaping @Sendable () async -> Completion) -> Completion {
        let box = Box()
        let task = Task {
            let completion = await work()
            box.result.withLock { $0 = completion }
            box.isDone.signal()
        }
        if box.isDone.wait(timeout: .now() + .seconds(2)) == .timedOut { task.cancel() }
        return box.result.withLock { $0 }
    }

    private final class Box: Sendable {
        let result = Mutex(Completion.none)
        let isDone = DispatchSemaphore(value: 0)
    }
}
