import Dispatch
import Synchronization

/// The process's first thread, as what tasks run on: a script's run needs no pool of threads beside its own.
final class MainThread: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let status = Mutex<Int32?>(nil)
    private let bell = DispatchSemaphore(value: 0)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        bell.signal()
    }

    /// Runs the work, and what prefers this executor, on the calling thread until the work has its exit code. To be called once.
    func run(_ work: @escaping @Sendable () async -> Int32) -> Int32 {
        // Detached: a task of the main actor would wait for this very thread.
        Task.detached(executorPreference: self) {
            let number = await work()
            self.status.withLock { $0 = number }
        }
        while true {
            if let number = status.withLock({ $0 }) { return number }
            bell.wait()
            for job in taken() { job.runSynchronously(on: asUnownedTaskExecutor()) }
        }
    }

    private func taken() -> [UnownedJob] {
        jobs.withLock { jobs in
            defer { jobs = [] }
            return jobs
        }
    }
}
