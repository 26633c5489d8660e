import Dispatch
import Glibc
import Synchronization

/// The thread that a connection lives on: the library waits for the network, and no thread of the shared pool may.
final class PostgresThread: Sendable {
    /// Something to be done with the session that is open, if one is.
    typealias Job = @Sendable (inout PostgresSession?) -> Void

    private struct Queue {
        var jobs: [Job] = []
        var isEnding = false
    }

    /// What the thread holds on to: not the connection, which ends the thread when it goes.
    private final class Shared: Sendable {
        let queue = Mutex(Queue())
        let available = DispatchSemaphore(value: 0)

        func run() {
            var session: PostgresSession?
            while true {
                available.wait()
                let (job, isOver) = queue.withLock { queue in
                    (queue.jobs.isEmpty ? nil : queue.jobs.removeFirst(), queue.isEnding)
                }
                if let job { job(&session) } else if isOver { return }
            }
        }
    }

    private let shared = Shared()

    /// Starts the thread, which ends when this goes and all is done that was asked for.
    init() throws(PostgresError) {
        let context = Unmanaged.passRetained(shared)
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        defer { pthread_attr_destroy(&attributes) }
        var thread = pthread_t()
        let problem = pthread_create(
            &thread, &attributes,
            { context in
                if let context { Unmanaged<Shared>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, context.toOpaque())
        guard problem == 0 else {
            context.release()
            throw PostgresError(.unreachable, at: "PostgreSQL", "cannot start a thread (error \(problem))")
        }
    }

    deinit {
        shared.queue.withLock { $0.isEnding = true }
        shared.available.signal()
    }

    /// Does it after all that was asked for before.
    func perform(_ job: @escaping Job) {
        shared.queue.withLock { $0.jobs.append(job) }
        shared.available.signal()
    }
}
