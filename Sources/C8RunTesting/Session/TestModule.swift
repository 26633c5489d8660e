import C8Run
import LuaRuntime
import Synchronization

/// `c8.test`: what `c8/test.lua` is made of.
enum TestModule {
    /// The Lua file that runs a file of tests.
    static let driver = "c8/_test_main.lua"

    /// The module for one file.
    static func module(_ session: TestSession) -> HostModule {
        HostModule(name: "c8.test", library: "c8/test.lua") { context in
            session.state.withLock { $0.lua = context.lua }
            return TaskFunctions.all + basics(session, json: context.json) + course(session) + time(session)
                + TestEmulatorFunctions(session).all + TestScriptFunctions(session).all + TestFlowFunctions(session).all
        }
    }

    private static func basics(_ session: TestSession, json: LuaValue) -> [(String, LuaValue)] {
        [
            ("json", json),
            ("timeout", .number(session.settings.timeout)),
            ("is_shuffled", .boolean(session.shuffle != nil)),
            ("load", .hostFunction(load)),
            function("expect", as: "fail") { arguments in
                throw TestExpectation(luaMessage: try arguments.string(1).description)
            },
            function("misuse") { arguments in throw TestMisuse(try arguments.string(1).description) },
            function("order") { arguments in
                let count = Int(try arguments.integer(1))
                let order = session.shuffle?.order(of: count) ?? []
                return [.table(LuaTable(array: order.map { .integer(Int64($0)) }))]
            },
            function("temp_dir") { _ in [.string(try session.makeTemporaryFolder())] },
        ]
    }

    /// Parts of the module that are in files of their own.
    private static let load = HostFunction.direct("load") { call in
        let name = try call.arguments().text(1)
        try call.append(.function(call.load(EmbeddedLibrary.chunk(name))))
    }

    // MARK: - The course of the tests

    private static func course(_ session: TestSession) -> [(String, LuaValue)] {
        [
            function("plan") { arguments in
                let verdicts = session.plan(try arguments.table(1).array.map(Self.test))
                return [.table(LuaTable(array: verdicts.map { .string($0) }))]
            },
            function("has_ended") { _ in [.boolean(session.settings.ending.hasEnded)] },
            function("done") { _ in
                session.state.withLock { $0.isDone = true }
                return []
            },
            function("guard") { arguments in
                if arguments.isNone(1) { session.watch.clear() } else { session.watch.set(try arguments.number(1)) }
                return []
            },
            ownCall("deadline", session) { arguments in
                try await Task.sleep(for: .seconds(try arguments.number(1)))
                return []
            },
            asynchronous("begin") { arguments in
                await session.begin(Int(try arguments.integer(1)) - 1)
                return []
            },
            asynchronous("finish") { arguments in
                await session.finish(Int(try arguments.integer(1)) - 1, failure(arguments[2]))
                return []
            },
            asynchronous("push") { _ in
                await session.push()
                return []
            },
            asynchronous("pop") { _ in
                await session.cleanUp()
                return []
            },
            function("broke") { arguments in
                guard var problem = failure(arguments[2]) else { return [] }
                problem.message = "after_all of \(try arguments.string(1)): \(problem.message)"
                session.note(problem: problem)
                return []
            },
        ]
    }

    private static func test(_ value: LuaValue) -> (TestSession.Case, asked: String?) {
        guard case .table(let table) = value, case .table(let path)? = table["path"] else {
            return (TestSession.Case(path: [], line: nil), nil)
        }
        let names = path.array.map { if case .string(let name) = $0 { name.description } else { "?" } }
        let place = text(table["where"])?.split(separator: ":").dropFirst().first
        return (TestSession.Case(path: names, line: place.flatMap { Int($0) }), text(table["asked"]))
    }

    /// A failure as `_test_run.lua` describes it.
    private static func failure(_ value: LuaValue) -> TestFailure? {
        guard case .table(let table) = value else { return nil }
        let trace = (text(table["traceback"]) ?? "").split(separator: "\n").map { String($0).trimmed }
        var failure = TestFailure(
            text(table["message"]) ?? "failed", kind: text(table["kind"]), place: text(table["where"]),
            traceback: trace.filter { !$0.isEmpty && $0 != "stack traceback:" })
        for (name, label) in [("operation", "operation"), ("trace_id", "trace id"), ("outcome", "outcome")] {
            if let value = text(table[name]) { failure.facts.append(TestFailure.Fact(name: label, value: value)) }
        }
        return failure
    }

    private static func text(_ value: LuaValue?) -> String? {
        if case .string(let text)? = value { return text.description }
        return nil
    }

    // MARK: - Time

    private static func time(_ session: TestSession) -> [(String, LuaValue)] {
        let clock = session.clock
        return [
            function("clock_set") { arguments in
                let now = arguments.isNone(1) ? nil : try arguments.number(1)
                var isAutomatic = false
                if case .boolean(true) = arguments[2] { isAutomatic = true }
                session.takeClock(now: now, isAutomatic: isAutomatic)
                return []
            },
            function("clock_now") { _ in [.number(clock.now())] },
            function("clock_target") { arguments in [.number(clock.monotonic() + (try arguments.number(1)))] },
            function("clock_step") { arguments in [.boolean(clock.step(to: try arguments.number(1)))] },
            ownCall("settle", session) { _ in
                await session.settle()
                return []
            },
        ]
    }

    // MARK: - Forms

    static func function(
        _ name: String, as key: String? = nil, _ body: @escaping @Sendable (LuaArguments) throws -> [LuaValue]
    ) -> (String, LuaValue) {
        (key ?? name, .hostFunction(HostFunction.function(name, body)))
    }

    static func asynchronous(
        _ name: String, _ body: @escaping @Sendable (LuaArguments) async throws -> [LuaValue]
    ) -> (String, LuaValue) {
        (name, .hostFunction(HostFunction.async(name, body)))
    }

    /// A call that waits for the runner's own purposes: no test does.
    static func ownCall(
        _ name: String, _ session: TestSession, _ body: @escaping @Sendable (LuaArguments) async throws -> [LuaValue]
    ) -> (String, LuaValue) {
        asynchronous(name) { arguments in
            session.internalCalls.add(1, ordering: .relaxed)
            defer { session.internalCalls.subtract(1, ordering: .relaxed) }
            return try await body(arguments)
        }
    }
}
