import CLuaBoundary
import Dispatch
import Synchronization

/// A thread of its own as a serial executor: a script that computes for an hour occupies no thread of the shared pool.
///
/// The stack is large because Lua nests C calls up to 200 deep, with host functions between them; pages that are never
/// touched cost nothing.
package final class ScriptThread: SerialExecutor {
    private struct Queue {
        var jobs: [UnownedJob] = []
        var isEnding = false
    }

    private static let stackSize = 16 << 20

    private let queue = Mutex(Queue())
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
        queue.withLock { $0.jobs.append(job) }
        available.signal()
    }

    package func end() {
        queue.withLock { $0.isEnding = true }
        available.signal()
    }

    private func run() {
        while true {
            available.wait()
            let (jobs, isEnding) = queue.withLock { queue -> ([UnownedJob], Bool) in
                defer { queue.jobs = [] }
                return (queue.jobs, queue.isEnding)
            }
            for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
            if isEnding && queue.withLock({ $0.jobs.isEmpty }) { return }
        }
    }
}
