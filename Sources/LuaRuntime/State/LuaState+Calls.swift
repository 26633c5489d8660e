import CLuaBoundary

extension LuaState {
    /// What one step of a coroutine of the host came to.
    enum Step: Sendable {
        case returned([LuaValue])
        case failed(LuaError)
        case suspended(HostOperation)
    }

    /// Compiles text; bytecode is refused.
    ///
    /// - Parameter chunkName: `@script.lua` for a file, `=name` for anything else (manual §4.6, lua_Debug.source).
    package func load(_ source: [UInt8], chunkName: String) throws(LuaError) -> LuaFunction {
        drainReferences()
        let step = deliver { receiver, context in
            source.withUnsafeBytes { bytes in
                chunkName.withCString { name in
                    clb_load(
                        raw, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, name, receiver,
                        context)
                }
            }
        }
        guard case .function(let function)? = try results(step).first else { throw failure() }
        return function
    }

    /// Loads a text of the program's own.
    package func load(_ chunk: EmbeddedChunk) throws(LuaError) -> LuaFunction { try chunk.load(in: self) }

    /// Loads text or bytecode of the program's own, unchecked.
    func loadOwn(_ bytes: [UInt8], chunkName: String) throws(LuaError) -> LuaFunction {
        drainReferences()
        let step = deliver { receiver, context in
            bytes.withUnsafeBytes { bytes in
                chunkName.withCString { name in
                    clb_load_own(
                        raw, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, name, receiver,
                        context)
                }
            }
        }
        guard case .function(let function)? = try results(step).first else { throw failure() }
        return function
    }

    /// The bytecode of a function that was just loaded; nil without memory.
    func bytecode(of function: LuaFunction) -> [UInt8]? {
        var bytes: [UInt8]?
        withUnsafeMutablePointer(to: &bytes) { target in
            clb_dump_function(
                raw, function.reference.id,
                { context, bytes, count in
                    let target = context.assumingMemoryBound(to: [UInt8]?.self)
                    target.pointee = Array(UnsafeRawBufferPointer(start: bytes, count: count))
                }, target)
        }
        return bytes
    }

    /// Calls a function to its end on the current thread; asynchronous host functions below it make the thread wait.
    package func call(_ function: LuaFunction, _ arguments: [LuaValue] = []) throws(LuaError) -> [LuaValue] {
        try check(function)
        drainReferences()
        let mark = try outbox(arguments)
        let step = deliver { receiver, context in
            clb_call_function(raw, function.reference.id, mark, UInt32(arguments.count), receiver, context)
        }
        return try results(step)
    }

    func newRoot() throws(LuaError) -> LuaReference {
        let id = clb_new_root(raw)
        if id < 0 { throw failure() }
        return LuaReference(id: id, owner: references)
    }

    func begin(_ function: LuaFunction, _ arguments: [LuaValue], in root: LuaReference) -> Step {
        drainReferences()
        let mark: clb_outbox_mark
        do {
            try check(function)
            mark = try outbox(arguments)
        } catch {
            return .failed(error)
        }
        return deliver { receiver, context in
            clb_begin_root(raw, root.id, function.reference.id, mark, UInt32(arguments.count), receiver, context)
        }
    }

    func resume(_ root: LuaReference) -> Step {
        drainReferences()
        return deliver { receiver, context in clb_resume_root(raw, root.id, receiver, context) }
    }

    func check(_ function: LuaFunction) throws(LuaError) {
        if function.reference.owner !== references {
            throw LuaError(kind: .host, message: "a function of another script cannot be called in this one")
        }
    }

    private func results(_ step: Step) throws(LuaError) -> [LuaValue] {
        switch step {
        case .returned(let values): return values
        case .failed(let error): throw error
        case .suspended: throw LuaError(kind: .host, message: "attempt to yield across a call from Swift")
        }
    }

    /// Makes an entry and takes what it delivers. The receiver runs inside the entry, while the values are alive.
    private func deliver(_ enter: (clb_receiver, UnsafeMutableRawPointer) -> Void) -> Step {
        let inbox = Inbox(state: self)
        withExtendedLifetime(inbox) {
            enter(
                { context, delivery in
                    Unmanaged<Inbox>.fromOpaque(context).takeUnretainedValue().receive(delivery.pointee)
                }, Unmanaged.passUnretained(inbox).toOpaque())
        }
        return inbox.step
    }
}

private final class Inbox {
    let state: LuaState
    var step: LuaState.Step = .failed(LuaError(kind: .host, message: "nothing was delivered"))

    init(state: LuaState) {
        self.state = state
    }

    func receive(_ delivery: clb_delivery) {
        if delivery.status == CLB_SUSPENDED {
            if let operation = state.operations[delivery.operation] { step = .suspended(operation) }
            return
        }
        var decoder = LuaDecoder(values: delivery.values, count: delivery.value_count, state: state)
        let values = decoder.decode(topLevel: delivery.top_count)
        step = delivery.status == CLB_OK ? .returned(values) : .failed(error(delivery, value: values.first ?? .nil))
    }

    private func error(_ delivery: clb_delivery, value: LuaValue) -> LuaError {
        let reference =
            delivery.error_reference >= 0 ? LuaReference(id: delivery.error_reference, owner: state.references) : nil
        let traceback = LuaString(bytes: delivery.traceback.bytes, count: delivery.traceback.count).description
            .split(separator: "\n").map(String.init)
        var message = LuaString(bytes: delivery.message.bytes, count: delivery.message.count).description
        let kind: LuaError.Kind
        switch delivery.status {
        case CLB_ERROR_SYNTAX: kind = .syntax
        case CLB_ERROR_MEMORY: kind = .stopped(.memory)
        case CLB_STOPPED:
            kind = .stopped(StopReason(clb_stop_reason(state.raw)) ?? .cancelled)
        default: kind = .runtime
        }
        var stopPosition: String?
        if case .stopped(let reason) = kind {
            message = reason.message
            stopPosition = state.stopPosition
        }
        var cause: (any Error)?
        if let object = delivery.cause {
            let box = Unmanaged<LuaObjectBox>.fromOpaque(object).takeUnretainedValue()
            cause = (box.object as? LuaErrorBox)?.error
        }
        return LuaError(
            kind: kind, value: value, message: message, traceback: traceback, cause: cause, stopPosition: stopPosition,
            reference: reference)
    }
}
