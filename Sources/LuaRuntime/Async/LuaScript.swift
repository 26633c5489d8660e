/// A script: one Lua state, and a thread of its own for each call.
///
/// Calls may overlap: while one awaits a host function, others run. They never run at the same time.
package actor LuaScript {
    private let thread: ScriptThread
    private let state: LuaState
    private let references: LuaReferenceQueue
    package nonisolated let stop: ScriptStop
    private var isEnded = false

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// The script's thread, for tasks that have to do with it again and again. What prefers it still runs, elsewhere, when
    /// the script is gone.
    package nonisolated var executor: any TaskExecutor { thread }

    /// - Parameter wait: what its thread waits with.
    package init(
        limits: LuaLimits = LuaLimits(), stop: ScriptStop = ScriptStop(), countsLines: Bool = false,
        wait: any ThreadWait = SemaphoreWait(), output: @escaping @Sendable (UnsafeRawBufferPointer) -> Void = { _ in }
    ) throws(LuaError) {
        self.stop = stop
        state = try LuaState(limits: limits, stop: stop, countsLines: countsLines, output: output)
        thread = try ScriptThread(wait)
        state.thread = thread
        references = state.references
        references.script = self
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

    /// Calls a function to its end, with all tasks that it spawns. Asynchronous host functions suspend it; cancelling
    /// the Swift task stops the whole script.
    package func call(_ function: LuaFunction, _ arguments: [LuaValue] = []) async throws(LuaError) -> [LuaValue] {
        let task = try state.makeTask(function, arguments, parent: nil)
        let stop = self.stop
        return try await withTaskCancellationHandler {
            await run(task)
        } onCancel: {
            stop.request(.cancelled)
        }.get()
    }

    /// Calls a function on behalf of a host function that the script waits for: cancelling the Swift task cancels this
    /// call alone.
    ///
    /// - Parameter tag: the ``TaskTag`` of what runs in it.
    package func callBack(
        _ function: LuaFunction, _ arguments: [LuaValue] = [], tag: Int64 = TaskTag.current
    ) async throws(LuaError) -> [LuaValue] {
        let task = try state.makeTask(function, arguments, parent: nil)
        task.tag = tag
        let id = task.id
        return try await withTaskCancellationHandler {
            await run(task)
        } onCancel: {
            // Not a child of the cancelled task, which could do nothing any more.
            Task { await self.cancel(id) }
        }.get()
    }

    /// Calls a function to its end, like ``call(_:_:)``, but so that the script can be used again however the call ends:
    /// cancelling the Swift task, or the end of its time, interrupts what runs in the script.
    ///
    /// For scripts whose ``ScriptStop`` allows interruptions. Waits for one that is under way.
    ///
    /// - Parameter timeout: how long the call may take; nil for ever.
    package func callInterruptibly(
        _ function: LuaFunction, _ arguments: [LuaValue] = [], timeout: Duration? = nil
    ) async throws(LuaError) -> [LuaValue] {
        // Each turn lets the script's thread go on with what is to be unwound.
        while stop.isInterrupting { await Task.yield() }
        // What little a call does could come to its end within the time that unwinding is given.
        if let reason = stop.reason { throw LuaError(kind: .stopped(reason), message: reason.message) }
        let task = try state.makeTask(function, arguments, parent: nil)
        let id = task.id
        let stop = self.stop
        let watchdog: Watchdog?
        do {
            watchdog = try timeout.map { timeout throws(LuaError) in
                try Watchdog(timeout: timeout) { stop.interrupt(.timeout, during: id) }
            }
        } catch {
            state.cancel(task)
            throw error
        }
        defer { watchdog?.cancel() }
        return try await withTaskCancellationHandler {
            await run(task)
        } onCancel: {
            stop.interrupt(.cancelled, during: id)
        }.get()
    }

    /// Nothing of the script is called any more: functions that Swift has kept say so from now on, and what still runs is
    /// stopped.
    package func end() {
        references.script = nil
        isEnded = true
        if !state.tasks.isEmpty { stop.request(.cancelled) }
    }

    private func run(_ task: LuaTask) async -> LuaTask.End {
        thread.hold()
        return await withCheckedContinuation { [thread] continuation in
            task.onEnd = { end in
                thread.release()
                continuation.resume(returning: end)
            }
            // A call that was on its way when the script ended begins nothing any more.
            if isEnded { state.cancel(task) } else { state.advance(task) }
        }
    }

    private func cancel(_ id: UInt64) {
        if let task = state.tasks[id] { state.cancel(task) }
    }

    package func load(_ source: [UInt8], chunkName: String) throws(LuaError) -> LuaFunction {
        try state.load(source, chunkName: chunkName)
    }

    package func load(_ chunk: EmbeddedChunk) throws(LuaError) -> LuaFunction { try state.load(chunk) }

    /// The status the script exited with by `os.exit`, if it did.
    package var exitStatus: Int32? { state.exitStatus }
    package var stopPosition: String? { state.stopPosition }
    package var memoryPeak: Int { state.memoryPeak }
    /// How many asynchronous host calls the script waits for now, its waits for its own tasks not among them. Answered once
    /// everything that could go on has.
    package var awaitedCalls: Int { state.operations.count - state.waits.count }
    /// See ``LuaState/lineCounts()``.
    package var lineCounts: [LineCounts] { state.lineCounts() }
}
