/// Bounds on one state.
package struct LuaLimits: Sendable {
    /// Bytes of Lua memory and of the boundary's buffers for it; nil for no bound.
    package var memory: Int?
    /// VM instructions over all coroutines; nil for no bound. A bound makes Lua two to three times slower.
    package var instructions: UInt64?
    /// How long `<close>` variables and finalisers may run once the script is being stopped: time that they use, not time
    /// that a busy machine makes them wait, as long as that is not twenty times as much.
    package var grace: Duration

    package init(memory: Int? = nil, instructions: UInt64? = nil, grace: Duration = .milliseconds(50)) {
        self.memory = memory
        self.instructions = instructions
        self.grace = grace
    }
}
