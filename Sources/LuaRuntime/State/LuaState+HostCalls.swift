import CLuaBoundary

/// What host functions need of their state, on the script's thread.
extension LuaState {
    /// Begins an asynchronous call. Its task runs here until it first suspends; if it is over by then, its results go
    /// back at once.
    func begin(
        _ body: @escaping @Sendable (LuaArguments) async throws -> [LuaValue], _ arguments: LuaArguments,
        staysOnThread: Bool, call: UnsafeMutablePointer<clb_call>
    ) -> clb_outcome {
        if currentTask?.isCancelled == true {
            return raise(LuaTaskCancelled(), call: call, rewindingTo: clb_outbox_begin(raw))
        }
        lastOperation += 1
        let operation = HostOperation(id: lastOperation)
        // Also where there is none: what surrounds the thread's work may be another task's.
        let task: Task<Void, Never>
        let tag = currentTask?.tag ?? 0
        if let thread, !mayServe {
            task = thread.withoutServing {
                TaskTag.$current.withValue(tag) { Self.start(body, arguments, operation, on: nil) }
            }
        } else {
            task = TaskTag.$current.withValue(tag) {
                Self.start(body, arguments, operation, on: staysOnThread ? thread : nil)
            }
        }
        if let outcome = operation.outcome { return finish(outcome, call: call) }
        operation.attach(task)
        keep(operation)
        call.pointee.operation = operation.id
        return CLB_SUSPEND
    }

    /// Begins a call that may need no task; nil where it does.
    func begin(
        _ atOnce: (LuaArguments, HostAnswer) -> Bool, _ arguments: LuaArguments, call: UnsafeMutablePointer<clb_call>
    ) -> clb_outcome? {
        guard let thread, mayServe, let task = currentTask, !task.isCancelled else { return nil }
        let operation = HostOperation(id: lastOperation + 1)
        guard atOnce(arguments, HostAnswer(operation: operation, thread: thread, tag: task.tag)) else { return nil }
        lastOperation += 1
        if let outcome = operation.outcome { return finish(outcome, call: call) }
        keep(operation)
        call.pointee.operation = operation.id
        return CLB_SUSPEND
    }

    private static func start(
        _ body: @escaping @Sendable (LuaArguments) async throws -> [LuaValue], _ arguments: LuaArguments,
        _ operation: HostOperation, on executor: (any TaskExecutor)?
    ) -> Task<Void, Never> {
        Task.immediate(executorPreference: executor) {
            do {
                operation.finish(.success(try await body(arguments)))
            } catch {
                operation.finish(.failure(error))
            }
        }
    }

    /// An operation that somebody else ends.
    func beginOperation(endsWhenCancelled: Bool) -> HostOperation {
        lastOperation += 1
        let operation = HostOperation(id: lastOperation, endsWhenCancelled: endsWhenCancelled)
        keep(operation)
        return operation
    }

    private func keep(_ operation: HostOperation) {
        operations[operation.id] = operation
        stop.watch(operation)
    }

    /// Answers a call of a function that needs the state.
    func answer(
        _ body: (LuaState, LuaArguments) throws -> StateFunctionBody.Answer, _ arguments: LuaArguments,
        call: UnsafeMutablePointer<clb_call>
    ) -> clb_outcome {
        do {
            switch try body(self, arguments) {
            case .values(let values): return finish(.success(values), call: call)
            case .operation(let operation):
                call.pointee.operation = operation.id
                return CLB_SUSPEND
            }
        } catch {
            return raise(error, call: call, rewindingTo: clb_outbox_begin(raw))
        }
    }

    /// Blocks the thread until the operation has ended, where Lua cannot yield.
    ///
    /// Meanwhile the script's other tasks go on, since this one may be waiting for them: a call in a call, so only to
    /// some depth. Not while a finaliser waits: nothing is collected until it has ended.
    func waitBlocking(for id: UInt64) {
        guard let operation = operations[id] else { return }
        let task = currentTask
        task?.blocking = operation
        defer { task?.blocking = nil }
        guard let thread, mayServe else {
            // Nobody else would end these: other tasks do not run meanwhile.
            if waits[id] != nil { operation.finish(.failure(LuaTaskCycle(length: nil))) }
            if operation.endsWhenCancelled { operation.finish(.success([])) }
            operation.waitBlocking()
            return
        }
        blockedCalls += 1
        if let task { blocked.append(task) }
        // The frames of other blocked tasks are below this one's: they go on only after it.
        if let wait = waits[id], !wait.hasTimer,
            let cycle = cycle(waiting: wait.condition, for: Array(wait.remaining.values))
        {
            operation.finish(.failure(cycle))
        }
        defer {
            blockedCalls -= 1
            if task != nil { blocked.removeLast() }
        }
        operation.whenEnded { thread.perform {} }
        while operation.outcome == nil { thread.serveOne() }
    }

    /// Whether the thread would serve its queue while a call blocks it. Where it would not, nothing may need it for that call
    /// to end.
    private var mayServe: Bool { blockedCalls < Self.maximumBlockedCalls && !clb_is_finalising(raw) }

    /// Each level needs stack, and a place among Lua's nested C calls.
    private static let maximumBlockedCalls = 16

    func collect(_ id: UInt64, call: UnsafeMutablePointer<clb_call>) -> clb_outcome {
        guard let operation = operations.removeValue(forKey: id) else { return CLB_STOP }
        stop.unwatch(operation)
        waits.removeValue(forKey: id)?.end()
        if clb_stop_reason(raw) != CLB_STOP_NONE { return CLB_STOP }
        guard let outcome = operation.outcome else { return CLB_STOP }
        return finish(outcome, call: call)
    }

    func finish(_ outcome: HostOperation.Outcome, call: UnsafeMutablePointer<clb_call>) -> clb_outcome {
        let mark = clb_outbox_begin(raw)
        do {
            let values = try outcome.get()
            let encoder = LuaEncoder(raw: raw, owner: references)
            for value in values { try encoder.append(value) }
            call.pointee.result_count = UInt32(values.count)
            return CLB_RETURN
        } catch {
            return raise(error, call: call, rewindingTo: mark)
        }
    }

    /// Turns a Swift error into the value that C raises: the identical Lua error if it came from this script, a table
    /// with fields otherwise.
    func raise(
        _ error: any Error, call: UnsafeMutablePointer<clb_call>, rewindingTo mark: clb_outbox_mark
    ) -> clb_outcome {
        clb_outbox_rewind(raw, mark)
        if let failure = error as? LuaCallFailure { return failure.outcome }
        if case LuaEncodingError.memory = error { return CLB_STOP }
        if error is ScriptInterruption { return CLB_STOP }
        let encoder = LuaEncoder(raw: raw, owner: references)
        do {
            if let error = error as? LuaError {
                if case .stopped = error.kind { return CLB_STOP }
                if let reference = error.reference, reference.owner === references {
                    try encoder.append(.opaque(reference))
                    return CLB_RAISE
                }
                if error.reference == nil, error.kind == .runtime {
                    if let cause = error.cause { return raise(cause, call: call, rewindingTo: mark) }
                    try encoder.append(error.value)
                    return CLB_RAISE
                }
            }
            try encoder.append(errorTable(for: error))
            return CLB_RAISE
        } catch {
            clb_outbox_rewind(raw, mark)
            return CLB_STOP
        }
    }

    /// The fields a script sees. The Swift error itself travels with them, out of the script's sight: the pair whose key
    /// is `true` is taken out by the boundary.
    private func errorTable(for error: any Error) -> LuaValue {
        let message: String
        var fields: [(String, LuaValue)]
        switch error {
        case let error as any LuaErrorConvertible:
            message = error.luaMessage
            fields = error.luaFields
        case LuaEncodingError.notRepresentable(let problem):
            message = problem
            fields = [("kind", .string("invalid"))]
        case is CancellationError:
            message = "cancelled"
            fields = [("kind", .string("cancelled"))]
        default:
            message = String(describing: error)
            fields = [("kind", .string("host"))]
        }
        fields.append(("message", .string(message)))
        var pairs = fields.map { LuaTable.Pair(key: .string($0.0), value: $0.1) }
        pairs.append(LuaTable.Pair(key: .boolean(true), value: .object(LuaObject(LuaErrorBox(error), type: causeType))))
        return .table(LuaTable(pairs: pairs, mark: .error))
    }

    func requestExit(status: Int32) {
        exitStatus = status
        stop.request(.exit)
    }
}
