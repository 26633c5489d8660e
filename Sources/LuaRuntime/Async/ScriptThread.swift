import CLuaBoundary
import Synchronization

/// A thread of its own as a serial executor: a script that computes for an hour occupies no thread of the shared pool.
///
/// Tasks may prefer it too. What still comes for it after its end, runs on the shared pool.
///
/// The stack is large because Lua nests C calls up to 200 deep, with host functions between them; pages that are never
/// touched cost nothing.
package final class ScriptThread: SerialExecutor, TaskExecutor {
    private enum Item {
        case job(UnownedJob)
        case work(@Sendable () -> Void)
    }

    private struct Queue {
        var items = FIFOQueue<Item>()
        /// Items that were done since the wait was last asked.
        var served = 0
        var isWaiting = false
        var isEnding = false
        var hasEnded = false

        mutating func next() -> Item? {
            guard served < ScriptThread.mostInARow, let item = items.popFirst() else {
                served = 0
                return nil
            }
            served += 1
            return item
        }

        var isEmpty: Bool { items.isEmpty }
    }

    private static let stackSize = 16 << 20
    /// However much there is to do, what else the thread waits for has its turn.
    private static let mostInARow = 64

    private let queue = Mutex(Queue())
    private let wait: any ThreadWait

    /// Starts the thread. Ends when `end()` has been called and all jobs are done.
    ///
    /// - Parameter wait: what it waits with.
    package init(_ wait: any ThreadWait = SemaphoreWait()) throws(LuaError) {
        self.wait = wait
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
        if !add(.job(job)) { globalConcurrentExecutor.enqueue(job) }
    }

    /// Does something on the thread, after what waits already. Not done any more once the thread has ended.
    func perform(_ work: @escaping @Sendable () -> Void) {
        _ = add(.work(work))
    }

    /// False where the thread has ended.
    private func add(_ item: Item) -> Bool {
        let (isTaken, mustWake) = queue.withLock { queue -> (Bool, Bool) in
            if queue.hasEnded { return (false, false) }
            queue.items.append(item)
            defer { queue.isWaiting = false }
            return (true, queue.isWaiting)
        }
        if mustWake { wait.wake() }
        return isTaken
    }

    /// See ``ThreadWait/withoutServing(_:)``.
    func withoutServing<Value>(_ body: () -> Value) -> Value { wait.withoutServing(body) }

    package func end() {
        queue.withLock { $0.isEnding = true }
        wait.wake()
    }

    /// Does one item, or waits until there may be one. Called on the thread itself, also by what runs on it and has to wait
    /// there.
    func serveOne() {
        let (item, mayBlock) = queue.withLock { queue -> (Item?, Bool) in
            let item = queue.next()
            queue.isWaiting = item == nil && queue.isEmpty
            return (item, queue.isWaiting)
        }
        switch item {
        case .job(let job)?:
            job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        case .work(let work)?: work()
        case nil: wait.wait(mayBlock: mayBlock)
        }
    }

    private func run() {
        wait.begin()
        while true {
            serveOne()
            // What the wait has begun is brought to its end first.
            let isOver = queue.withLock { queue in
                queue.hasEnded = queue.isEnding && queue.isEmpty && wait.isIdle
                return queue.hasEnded
            }
            if isOver { break }
        }
        wait.end()
    }
}
