import CLuaBoundary

/// What a Lua closure of ours points at.
final class HostFunctionBody: Sendable {
    enum Kind: Sendable {
        case direct(@Sendable (inout LuaCall) throws -> Void)
        /// Prefers the script's thread also after its first suspension, or does not.
        case async(@Sendable (LuaArguments) async throws -> [LuaValue], staysOnThread: Bool)
        case onState(@Sendable (LuaState, LuaArguments) throws -> Answer)
    }

    /// What a function of the runtime's own answers with.
    enum Answer {
        case values([LuaValue])
        /// Begun, and to be waited for.
        case operation(HostOperation)
    }

    let name: String
    let kind: Kind

    init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

/// The one Swift function that C calls for every host function. Nothing is thrown through it: what went wrong is
/// appended as a value, and C raises it after this frame is gone.
let hostFunctionEntry: clb_function = { context, call in
    let function = Unmanaged<HostFunctionBody>.fromOpaque(context).takeUnretainedValue()
    let state = LuaState.of(call.pointee.state)
    switch function.kind {
    case .direct(let body):
        let mark = clb_outbox_begin(state.raw)
        var frame = LuaCall(call: call, function: function, state: state)
        do {
            try body(&frame)
            call.pointee.result_count = frame.appendedResults
            return CLB_RETURN
        } catch {
            return state.raise(error, call: call, rewindingTo: mark)
        }
    case .async(let body, let staysOnThread):
        let arguments = LuaCall(call: call, function: function, state: state).arguments()
        return state.begin(body, arguments, staysOnThread: staysOnThread, call: call)
    case .onState(let body):
        let arguments = LuaCall(call: call, function: function, state: state).arguments()
        return state.answer(body, arguments, call: call)
    }
}
