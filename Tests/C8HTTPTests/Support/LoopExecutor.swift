import C8HTTP
import Glibc
import Synchronization

/// A thread that serves sockets and runs tasks, as a script's does.
final class LoopExecutor: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isEnding = false
    }

    private let loop: SocketLoop
    private let state = Mutex(State())

    init() throws {
        loop = try SocketLoop()
        let context = Unmanaged.passRetained(self)
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<LoopExecutor>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, context.toOpaque())
        pthread_detach(thread)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
        loop.wake()
    }

    func end() {
        state.withLock { $0.isEnding = true }
        loop.wake()
    }

    private func run() {
        loop.begin()
        while !state.withLock({ $0.isEnding && $0.jobs.isEmpty }) || !loop.isIdle {
            let jobs = state.withLock { state in
                defer { state.jobs = [] }
                return state.jobs
            }
            for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
            loop.wait(mayBlock: jobs.isEmpty)
        }
        loop.end()
    }
}
