import CLuaBoundary

/// Runs as a task of its own.
// Sendable: constants alone, all of them Sendable, as its superclass asks.
final class AsyncFunctionBody: HostFunctionBody, @unchecked Sendable {
    private let body: @Sendable (LuaArguments) async throws -> [LuaValue]
    /// Prefers the script's thread also after its first suspension.
    private let staysOnThread: Bool
    /// Tried first.
    private let atOnce: (@Sendable (LuaArguments, HostAnswer) -> Bool)?

    init(
        name: String, staysOnThread: Bool, atOnce: (@Sendable (LuaArguments, HostAnswer) -> Bool)?,
        body: @escaping @Sendable (LuaArguments) async throws -> [LuaValue]
    ) {
        self.body = body
        self.staysOnThread = staysOnThread
        self.atOnce = atOnce
        super.init(name: name)
    }

    override func run(_ call: UnsafeMutablePointer<clb_call>) throws -> clb_outcome {
        let frame = LuaCall(call)
        let arguments = try frame.arguments()
        if let atOnce, let outcome = frame.state.begin(atOnce, arguments, call: call) { return outcome }
        return frame.state.begin(body, arguments, staysOnThread: staysOnThread, call: call)
    }
}
