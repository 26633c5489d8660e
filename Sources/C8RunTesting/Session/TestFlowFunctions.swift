import LuaRuntime

/// What `test.interrupted` is made of.
struct TestFlowFunctions: Sendable {
    private let session: TestSession

    init(_ session: TestSession) { self.session = session }

    var all: [(String, LuaValue)] {
        [
            TestModule.function("crash_arm") { arguments in
                let options = TestOptions("test.interrupted", arguments[1])
                try options.check(["before", "after", "done"])
                session.journal.arm(try CrashPoint(options)) { await session.platform.die() }
                return []
            },
            TestModule.ownCall("crash_wait", session) { _ in
                while !session.journal.hasCrashed { try await Task.sleep(for: .milliseconds(1)) }
                return []
            },
            TestModule.function("crash_struck") { _ in [.boolean(session.journal.hasCrashed)] },
            TestModule.asynchronous("crash_clear") { _ in
                let wasDead = session.journal.hasCrashed
                let steps = await session.journal.disarm()
                if wasDead { await session.platform.revive() }
                return [.string(steps.isEmpty ? "no step" : steps.joined(separator: ", "))]
            },
        ]
    }
}
