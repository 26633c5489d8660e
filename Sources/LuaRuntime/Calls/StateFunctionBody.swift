import CLuaBoundary

/// A function of the runtime's own, which is about the state's tasks.
final class StateFunctionBody: HostFunctionBody, @unchecked Sendable {
    enum Answer {
        case values([LuaValue])
        /// Begun, and to be waited for.
        case operation(HostOperation)
    }

    private let body: @Sendable (LuaState, LuaArguments) throws -> Answer

    init(name: String, body: @escaping @Sendable (LuaState, LuaArguments) throws -> Answer) {
        self.body = body
        super.init(name: name)
    }

    override func run(_ call: UnsafeMutablePointer<clb_call>) throws -> clb_outcome {
        let frame = LuaCall(call)
        return frame.state.answer(body, try frame.arguments(), call: call)
    }
}
