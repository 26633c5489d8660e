/// A script: one Lua state on one thread of its own.
///
/// Calls may overlap: while one awaits a host function, others run. They never run at the same time.
package actor LuaScript {
    private let thread: ScriptThread
    private let state: LuaState
    package nonisolated let stop: ScriptStop

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    package init(
        limits: LuaLimits = LuaLimits(), stop: ScriptStop = ScriptStop(),
        output: @escaping @Sendable (UnsafeRawBufferPointer) -> Void = { _ in }
    ) throws(LuaError) {
        self.stop = stop
        state = try LuaState(limits: limits, stop: stop, output: output)
        thread = try ScriptThread()
    }

    /// Closes the state on whatever thread lets the script go; nothing else can be using it any more.
    deinit {
        thread.end()
    }

    /// Direct access to the state, on its thread: for setting it up.
    package func withState<Result: Sendable, Failure: Error>(
        _ body: @Sendable (LuaState) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(state)
    }

    /// Calls a function to its end. Asynchronous host functions suspend it; cancelling the task stops the script.
    package func call(_ function: LuaFunction, _ arguments: [LuaValue] = []) async throws(LuaError) -> [LuaValue] {
        let root = try state.newRoot()
        let stop = self.stop
        let end = await withTaskCancellationHandler {
            var step = state.begin(function, arguments, in: root)
            while case .suspended(let operation) = step {
                await operation.ended()
                step = state.resume(root)
            }
            return step
        } onCancel: {
            stop.request(.cancelled)
        }
        switch end {
        case .returned(let values): return values
        case .failed(let error): throw error
        case .suspended: return []
        }
    }

    package func load(_ source: [UInt8], chunkName: String) throws(LuaError) -> LuaFunction {
        try state.load(source, chunkName: chunkName)
    }

    /// The status the script exited with by `os.exit`, if it did.
    package var exitStatus: Int32? { state.exitStatus }
    package var stopPosition: String? { state.stopPosition }
    package var memoryPeak: Int { state.memoryPeak }
}
