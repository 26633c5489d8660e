import CLuaBoundary

/// The script on whose thread a synchronous function runs: for functions that take long or hold much.
public enum CurrentScript {
    /// True once the script is being stopped; false on a thread that runs none.
    public static var isStopping: Bool { clb_running_is_stopping() }

    /// Ends a long function of a script that is being stopped. To be called every few milliseconds of work.
    public static func checkStop() throws(ScriptInterruption) {
        if clb_running_is_stopping() { throw ScriptInterruption() }
    }

    /// Whether the script's memory limit leaves room for so many bytes more. If not, the script is stopped.
    package static func mayHold(bytes: Int) -> Bool { clb_running_may_hold(max(0, bytes)) }

    /// Counts what the body holds for the script as the script's memory.
    package static func holding<Result>(bytes: Int, _ body: () throws -> Result) throws -> Result {
        let count = max(0, bytes)
        guard clb_running_charge(count) else { throw ScriptInterruption() }
        defer { clb_running_uncharge(count) }
        return try body()
    }
}

/// Thrown through a host function whose script is being stopped. The script never sees it.
public struct ScriptInterruption: Error, Hashable {}
