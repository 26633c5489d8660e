import LuaRuntime
import Synchronization

/// What a script may still print, log or write to standard error, in bytes. Spending more stops it.
final class OutputBudget: Sendable {
    private let left: Atomic<Int>
    private let stop: ScriptStop

    init(limit: Int, stop: ScriptStop) {
        left = Atomic(limit)
        self.stop = stop
    }

    /// False when the budget does not cover it: nothing is to be written then.
    func spend(_ count: Int) -> Bool {
        if left.subtract(count, ordering: .relaxed).newValue >= 0 { return true }
        stop.request(.output)
        return false
    }
}
