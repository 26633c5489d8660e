/// A Swift function for Lua.
///
/// Synchronous ones run on the script's thread and cost little more than a C function. Asynchronous ones suspend the
/// calling coroutine, wherever it was called from; where Lua cannot yield, the script's thread waits.
public struct HostFunction: Sendable {
    let body: HostFunctionBody

    private init(_ body: HostFunctionBody) {
        self.body = body
    }

    /// The fastest form: arguments are read and results appended in place.
    ///
    /// - Parameter isUnary: whether it mostly looks at its first argument alone.
    @usableFromInline
    package static func direct(
        _ name: String, isUnary: Bool = false, _ body: @escaping @Sendable (inout LuaCall) throws -> Void
    ) -> HostFunction {
        HostFunction(DirectFunctionBody(name: name, isUnary: isUnary, body: body))
    }

    /// Arguments are copied, results returned.
    package static func function(
        _ name: String, _ body: @escaping @Sendable (LuaArguments) throws -> [LuaValue]
    ) -> HostFunction {
        .direct(name) { call in
            for value in try body(try call.arguments()) { try call.append(value) }
        }
    }

    /// Runs as a task of its own, cancelled when the script is stopped. Work up to its first suspension happens on the
    /// script's thread, so a result that is ready at once costs no switch.
    ///
    /// - Parameter staysOnThread: whether it goes on there after each suspension too, but for what it leaves to others: for
    ///   functions that do little between their waits, so that a change of threads would cost more than they do. Such a
    ///   function must not occupy the thread for long: all tasks of the script wait for it.
    /// - Parameter atOnce: tried first, on the script's thread, where that goes on serving what it waits for. Returns whether it has
    ///   begun the call: then the answer it was given ends it. For calls that most often need no task, which costs more
    ///   than all that little work. Not tried where the calling task is cancelled.
    package static func async(
        _ name: String, staysOnThread: Bool = false,
        atOnce: (@Sendable (LuaArguments, HostAnswer) -> Bool)? = nil,
        _ body: @escaping @Sendable (LuaArguments) async throws -> [LuaValue]
    ) -> HostFunction {
        HostFunction(AsyncFunctionBody(name: name, staysOnThread: staysOnThread, atOnce: atOnce, body: body))
    }

    /// For functions that can mostly answer at once, and that cost less then than a task does. What has to wait goes on as one,
    /// as in ``async(_:staysOnThread:_:)``, on the script's thread.
    ///
    /// - Parameter body: told whether the script's thread may be blocked for moments, as nothing else of the script can go on
    ///   or waits for anything outside.
    package static func prompt(
        _ name: String, _ body: @escaping @Sendable (LuaArguments, _ isAlone: Bool) throws -> PromptAnswer
    ) -> HostFunction {
        HostFunction(PromptFunctionBody(name: name, body: body))
    }

    /// For functions about the script's own tasks.
    static func onState(
        _ name: String, _ body: @escaping @Sendable (LuaState, LuaArguments) throws -> StateFunctionBody.Answer
    ) -> HostFunction {
        HostFunction(StateFunctionBody(name: name, body: body))
    }
}
