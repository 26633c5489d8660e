import CLuaBoundary

/// Runs as a task of its own.
final class AsyncFunctionBody: HostFunctionBody, @unchecked Sendable {
    private let body: @Sendable (LuaArguments) async throws -> [LuaValue]
    /// Prefers the script's thread also after its first suspension.
    private let staysOnThread: Bool

    init(
        name: String, staysOnThread: Bool,
        body: @escaping @Sendable (LuaArguments) async throws -> [LuaValue]
    ) {
        self.body = body
        self.staysOnThread = staysOnThread
        super.init(name: name)
    }

    override func run(_ call: UnsafeMutablePointer<clb_call>) throws -> clb_outcome {
        let frame = LuaCall(call)
        return frame.state.begin(body, try frame.arguments(), staysOnThread: staysOnThread, call: call)
    }
}
