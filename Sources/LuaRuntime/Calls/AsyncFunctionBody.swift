import CLuaBoundary

/// Runs as a task of its own.
final class AsyncFunctionBody: HostFunctionBody, @unchecked Sendable {
    private let body: @Sendable (LuaArguments) async throws -> [LuaValue]

    init(name: String, body: @escaping @Sendable (LuaArguments) async throws -> [LuaValue]) {
        self.body = body
        super.init(name: name)
    }

    override func run(_ call: UnsafeMutablePointer<clb_call>) throws -> clb_outcome {
        let frame = LuaCall(call)
        return frame.state.begin(body, try frame.arguments(), call: call)
    }
}
