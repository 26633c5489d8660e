package import LuaRuntime
import Synchronization

/// The script that a module's functions belong to; known once its state is made.
package final class ScriptReference: Sendable {
    private struct Held {
        weak var script: LuaScript?
    }

    private let held = Mutex(Held())

    func set(_ script: LuaScript) {
        held.withLock { $0.script = script }
    }

    /// - Throws: ``LuaTaskCancelled`` where the script has ended.
    package func get() throws(LuaTaskCancelled) -> LuaScript {
        guard let script = held.withLock({ $0.script }) else { throw LuaTaskCancelled() }
        return script
    }
}
