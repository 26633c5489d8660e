import C8Client
import LuaRuntime

/// A script's task that waits for a call.
struct LuaCallWaiter: CallWaiter {
    let answer: HostAnswer

    var isCancelled: Bool { answer.isCancelled }

    func whenCancelled(_ cancel: @escaping @Sendable () -> Void) { answer.whenCancelled(cancel) }

    func ended(_ answer: CallAnswer) { self.answer.end(.success(Self.values(answer))) }

    func goOn(_ body: @escaping @Sendable () async throws -> CallAnswer) {
        answer.goOn { Self.values(try await body()) }
    }

    /// Such calls have no files, and are not withheld.
    private static func values(_ answer: CallAnswer) -> [LuaValue] {
        if case .envelope(let envelope) = answer { envelope.luaValues } else { [] }
    }
}
