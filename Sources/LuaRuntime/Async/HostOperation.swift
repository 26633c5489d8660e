import Dispatch
import Synchronization

/// One asynchronous host call that has begun: its task, its outcome, and whoever waits for it.
///
/// The script's thread waits in one of two ways: a driver suspended in `ended()`, or the thread itself blocked in
/// `waitBlocking()` where Lua cannot yield.
final class HostOperation: Sendable {
    typealias Outcome = Result<[LuaValue], any Error>

    private struct State {
        var outcome: Outcome?
        var waiter: CheckedContinuation<Void, Never>?
        var isBlocking = false
        var task: Task<Void, Never>?
        var isGivenUp = false
    }

    let id: UInt64
    private let state = Mutex(State())
    private let semaphore = DispatchSemaphore(value: 0)

    init(id: UInt64) {
        self.id = id
    }

    func attach(_ task: Task<Void, Never>) {
        let isGivenUp = state.withLock { state -> Bool in
            state.task = task
            return state.isGivenUp
        }
        if isGivenUp { task.cancel() }
    }

    func finish(_ outcome: Outcome) {
        let (waiter, isBlocking) = state.withLock { state -> (CheckedContinuation<Void, Never>?, Bool) in
            if state.outcome == nil { state.outcome = outcome }
            state.task = nil
            defer { state.waiter = nil }
            return (state.waiter, state.isBlocking)
        }
        waiter?.resume()
        if isBlocking { semaphore.signal() }
    }

    /// The script is being stopped: cancels the work and wakes the waiter without waiting for it.
    func giveUp() {
        let task = state.withLock { state -> Task<Void, Never>? in
            state.isGivenUp = true
            return state.task
        }
        task?.cancel()
        finish(.failure(CancellationError()))
    }

    /// The outcome if it is there already.
    var outcome: Outcome? { state.withLock { $0.outcome } }

    func ended() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state -> Bool in
                if state.outcome != nil { return true }
                state.waiter = continuation
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    func waitBlocking() {
        let isOver = state.withLock { state -> Bool in
            if state.outcome != nil { return true }
            state.isBlocking = true
            return false
        }
        if !isOver { semaphore.wait() }
    }
}
