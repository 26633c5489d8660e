import C8Client
import C8Flow
import Synchronization

/// How far one piece of work is, told now and then.
final class ProgressLine: Sendable {
    private struct State {
        var progress: UploadProgress
        var shownAt: Double
        var wasShown = false
        var isOver = false
    }

    private let label: String
    private let output: ProgressOutput
    private let state: Mutex<State>

    init(label: String, total: Double?, output: ProgressOutput) {
        let now = SystemClock().monotonic()
        self.label = label
        self.output = output
        state = Mutex(State(progress: UploadProgress(total: total, at: now), shownAt: now))
    }

    /// What there is to do turns out to be so much.
    func expect(_ total: Double?) {
        guard let total else { return }
        let now = SystemClock().monotonic()
        state.withLock { state in
            guard state.progress.total == nil, state.progress.done == 0 else { return }
            state.progress = UploadProgress(total: total, at: now)
        }
    }

    /// - Parameter isNew: false for what an earlier run did, which says nothing of the rate.
    func advance(_ amount: Double, isNew: Bool = true) {
        let now = SystemClock().monotonic()
        let shown = state.withLock { state -> ProgressOutput.State? in
            guard !state.isOver else { return nil }
            if isNew { state.progress.add(amount, at: now) } else { state.progress.skip(amount) }
            guard now - state.shownAt >= output.interval else { return nil }
            state.shownAt = now
            state.wasShown = true
            return look(state.progress, isOver: false)
        }
        if let shown { output.show(shown) }
    }

    /// The end, which is shown once.
    func finish() {
        let shown = state.withLock { state -> ProgressOutput.State? in
            guard !state.isOver else { return nil }
            state.isOver = true
            // What was over soon needs no line.
            return state.wasShown ? look(state.progress, isOver: true) : nil
        }
        if let shown { output.show(shown) }
    }

    private func look(_ progress: UploadProgress, isOver: Bool) -> ProgressOutput.State {
        ProgressOutput.State(
            label: label, fraction: progress.fraction, done: progress.done, total: progress.total, rate: progress.rate,
            remaining: progress.remaining, isOver: isOver)
    }
}
