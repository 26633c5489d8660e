import Dispatch
import Synchronization

/// One asynchronous host call that has begun: its work, its outcome, and whoever waits for it.
///
/// The script waits in one of two ways: a task of it goes on when the operation has ended (`whenEnded`), or its thread
/// is blocked where Lua cannot yield. A thread that has a queue serves that meanwhile; a bare state waits in
/// `waitBlocking()`.
final class HostOperation: Sendable {
    typealias Outcome = Result<[LuaValue], any Error>

    private struct State {
        var outcome: Outcome?
        var continuation: (@Sendable () -> Void)?
        /// What a thread that serves nothing is blocked with.
        var semaphore: DispatchSemaphore?
        var task: Task<Void, Never>?
        /// Ends work that has no task.
        var onCancel: (@Sendable () -> Void)?
        var isCancelled = false
    }

    let id: UInt64
    /// There is no work behind it that could notice a cancellation: it then ends at once.
    let endsWhenCancelled: Bool
    private let state = Mutex(State())

    init(id: UInt64, endsWhenCancelled: Bool = false) {
        self.id = id
        self.endsWhenCancelled = endsWhenCancelled
    }

    func attach(_ task: Task<Void, Never>) {
        let isCancelled = state.withLock { state -> Bool in
            state.task = task
            return state.isCancelled
        }
        if isCancelled { task.cancel() }
    }

    /// Calls when the work is to end early, at once if it is; in place of a task.
    func whenCancelled(_ cancel: @escaping @Sendable () -> Void) {
        let isCancelled = state.withLock { state -> Bool in
            if !state.isCancelled { state.onCancel = cancel }
            return state.isCancelled
        }
        if isCancelled { cancel() }
    }

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// The first outcome counts.
    func finish(_ outcome: Outcome) {
        let (continuation, semaphore) = state.withLock { state -> ((@Sendable () -> Void)?, DispatchSemaphore?) in
            guard state.outcome == nil else { return (nil, nil) }
            state.outcome = outcome
            state.task = nil
            state.onCancel = nil
            defer { state.continuation = nil }
            return (state.continuation, state.semaphore)
        }
        continuation?()
        semaphore?.signal()
    }

    /// Asks the work to end early; its outcome is waited for all the same, since it may have come to something.
    func cancel() {
        let (task, onCancel) = state.withLock { state in
            state.isCancelled = true
            defer { state.onCancel = nil }
            return (state.task, state.onCancel)
        }
        task?.cancel()
        onCancel?()
        if endsWhenCancelled { finish(.failure(LuaTaskCancelled())) }
    }

    /// The script is being stopped: cancels the work and wakes the waiter without waiting for it.
    func giveUp() {
        cancel()
        finish(.failure(CancellationError()))
    }

    /// The outcome if it is there already.
    var outcome: Outcome? { state.withLock { $0.outcome } }

    /// Calls once the operation has ended, at once if it has, on whatever thread ends it.
    func whenEnded(_ continuation: @escaping @Sendable () -> Void) {
        let isOver = state.withLock { state -> Bool in
            if state.outcome != nil { return true }
            state.continuation = continuation
            return false
        }
        if isOver { continuation() }
    }

    func waitBlocking() {
        let semaphore = state.withLock { state -> DispatchSemaphore? in
            if state.outcome == nil { state.semaphore = DispatchSemaphore(value: 0) }
            return state.semaphore
        }
        semaphore?.wait()
    }
}
