import Synchronization

/// What a script runs on, as a serial executor: a thread of its own for as long as a call is under way, so that a script that
/// computes for an hour occupies no thread of the shared pool, and none between two calls.
///
/// Tasks may prefer it too. What still comes for it after its end, runs on the shared pool.
package final class ScriptThread: SerialExecutor, TaskExecutor {
    private enum Item {
        case job(UnownedJob)
        case work(@Sendable () -> Void)
    }

    private struct Queue {
        var items = FIFOQueue<Item>()
        /// Items that were done since the wait was last asked.
        var served = 0
        /// Whether a thread is there for it, or is on its way.
        var isCarried = false
        /// How often the script asked for its thread to stay.
        var holds = 0
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

    private enum Need {
        case nothing
        case waking
        case thread
    }

    private enum Departure {
        case forGood
        case forNow
    }

    /// However much there is to do, what else the thread waits for has its turn.
    private static let mostInARow = 64

    private let queue = Mutex(Queue())
    private let wait: any ThreadWait

    /// There until `end()` has been called and all jobs are done.
    ///
    /// - Parameter wait: what its thread waits with.
    /// - Throws: ``LuaError`` where there is no thread for it.
    package init(_ wait: any ThreadWait = SemaphoreWait()) throws(LuaError) {
        self.wait = wait
        try CarrierThread.prepare()
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
        let need = queue.withLock { queue -> Need? in
            if queue.hasEnded { return nil }
            queue.items.append(item)
            guard queue.isCarried else {
                queue.isCarried = true
                return .thread
            }
            defer { queue.isWaiting = false }
            return queue.isWaiting ? .waking : .nothing
        }
        switch need {
        case nil: return false
        case .nothing: break
        case .waking: wait.wake()
        case .thread: CarrierThread.carry(self)
        }
        return true
    }

    /// See ``ThreadWait/withoutServing(_:)``.
    func withoutServing<Value>(_ body: () -> Value) -> Value { wait.withoutServing(body) }

    /// The thread stays from now on though it has nothing to do, until ``release()``: what is under way goes on where it began.
    /// Called on the thread.
    func hold() { queue.withLock { $0.holds += 1 } }

    /// Called on the thread, once for each ``hold()``.
    func release() { queue.withLock { $0.holds -= 1 } }

    package func end() {
        let isCarried = queue.withLock { queue in
            queue.isEnding = true
            if !queue.isCarried { queue.hasEnded = true }
            return queue.isCarried
        }
        if isCarried { wait.wake() }
    }

    /// Does one item, or waits until there may be one. Called on the thread itself, also by what runs on it and has to wait
    /// there.
    func serveOne() {
        let (item, mayBlock) = queue.withLock { queue -> (Item?, Bool) in
            let item = queue.next()
            queue.isWaiting = item == nil && queue.isEmpty
            return (item, queue.isWaiting)
        }
        if let item { perform(item) } else { wait.wait(mayBlock: mayBlock) }
    }

    private func perform(_ item: Item) {
        switch item {
        case .job(let job):
            job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        case .work(let work): work()
        }
    }

    /// Called on a thread that was asked for, until the script needs it no more.
    func run() {
        wait.begin()
        while true {
            let departure = queue.withLock { queue -> Departure? in
                // What the wait has begun is brought to its end first.
                guard queue.isEmpty, wait.isIdle else { return nil }
                if queue.isEnding {
                    queue.hasEnded = true
                    return .forGood
                }
                if queue.holds > 0 || wait.holdsThread { return nil }
                queue.isCarried = false
                return .forNow
            }
            switch departure {
            case nil: serveOne()
            case .forGood: return wait.end()
            // Another thread may be there for it already.
            case .forNow: return wait.leave()
            }
        }
    }
}
