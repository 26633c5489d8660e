import CLuaBoundary
import Dispatch
import Synchronization

/// A thread of its own as a serial executor: a script that computes for an hour occupies no thread of the shared pool.
///
/// The stack is large because Lua nests C calls up to 200 deep, with host functions between them; pages that are never
/// touched cost nothing.
package final class ScriptThread: SerialExecutor {
    private enum Item {
        case job(UnownedJob)
        case work(@Sendable () -> Void)
    }

    /// First in, first out, without moving what waits.
    private struct Queue {
        var items: [Item] = []
        var head = 0
        var isEnding = false

        mutating func next() -> Item? {
            guard head < items.count else { return nil }
            defer {
                head += 1
                if head == items.count {
                    items.removeAll(keepingCapacity: items.count <= 1024)
                    head = 0
                }
            }
            return items[head]
        }
    }

    private static let stackSize = 16 << 20

    private let queue = Mutex(Queue())
    /// Signalled once for each item, and once for the end.
    private let available = DispatchSemaphore(value: 0)

    /// Starts the thread. Ends when `end()` has been called and all jobs are done.
    package init() throws(LuaError) {
        let context = Unmanaged.passRetained(self)
        let result = clb_start_thread(
            Self.stackSize, "c8run-script",
            { context in Unmanaged<ScriptThread>.fromOpaque(context).takeRetainedValue().run() }, context.toOpaque())
        if result != 0 {
            context.release()
            throw LuaError(
                kind: .host,
                message:
                    "cannot start a thread for the script (error \(result)): too many threads, or too little memory")
        }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.withLock { $0.items.append(.job(job)) }
        available.signal()
    }

    /// Does something on the thread, after what waits already. Not done any more once the thread has ended.
    func perform(_ work: @escaping @Sendable () -> Void) {
        queue.withLock { $0.items.append(.work(work)) }
        available.signal()
    }

    package func end() {
        queue.withLock { $0.isEnding = true }
        available.signal()
    }

    /// Waits for one item and does it. Called on the thread itself, also by what runs on it and has to wait there.
    func serveOne() {
        available.wait()
        switch queue.withLock({ $0.next() }) {
        case .job(let job)?: job.runSynchronously(on: asUnownedSerialExecutor())
        case .work(let work)?: work()
        case nil: break
        }
    }

    private func run() {
        while true {
            serveOne()
            if queue.withLock({ $0.isEnding && $0.head == $0.items.count }) { return }
        }
    }
}
