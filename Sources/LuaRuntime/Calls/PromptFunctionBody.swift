import CLuaBoundary

/// Answers on the script's thread where it can, and goes on as a task where it has to wait.
// Sendable: constants alone, all of them Sendable, as its superclass asks.
final class PromptFunctionBody: HostFunctionBody, @unchecked Sendable {
    private let body: @Sendable (LuaArguments, _ isAlone: Bool) throws -> PromptAnswer

    init(name: String, body: @escaping @Sendable (LuaArguments, _ isAlone: Bool) throws -> PromptAnswer) {
        self.body = body
        super.init(name: name)
    }

    override func run(_ call: UnsafeMutablePointer<clb_call>) throws -> clb_outcome {
        let frame = LuaCall(call)
        let state = frame.state
        // As for a function that is a task from the start.
        if state.currentTask?.isCancelled == true { throw LuaTaskCancelled() }
        let arguments = try frame.arguments()
        switch try body(arguments, state.isAlone) {
        case .values(let values): return state.finish(.success(values), call: call)
        case .later(let rest): return state.begin({ _ in try await rest() }, arguments, staysOnThread: true, call: call)
        }
    }
}
