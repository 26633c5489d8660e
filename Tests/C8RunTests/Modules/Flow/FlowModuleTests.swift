import C8Emulator
import C8Flow
import C8Platform
import Foundation
import Synchronization
import Testing

@testable import C8Run

@Suite struct FlowModuleTests {
    private typealias World = FlowWorld

    private static let create =
        "c8.production.orders.create{orderNo = 'A-1', productCode = 'S', quantity = 5}"
    private static let look =
        "local ok, o = pcall(c8.production.orders.get, {orderNo = 'A-1'}) return ok and o or nil"

    @Test func aFinishedFlowGivesItsResultWithoutRunning() async throws {
        let world = try await World()
        let source = """
            print(flow.run('f', function(f)
              local a = f:step('a', function() print('a runs') return {n = 1, list = {}} end)
              return f:step('b', function() print('b runs') return a.n + 1 end)
            end))
            """
        #expect(try await world.run(source) == "a runs\nb runs\n2\n")
        #expect(try await world.run(source) == "2\n")
    }

    @Test func aRunGoesOnBehindTheStepsThatAreDone() async throws {
        let world = try await World()
        let source = """
            flow.run('f', function(f)
              print(f:step('a', function() print('a runs') return 7 end))
              for i = 1, 2 do f:step('loop', function() print('loop runs', i) end) end
              f:step('outer', function() return f:step('inner', function() print('inner runs') return 1 end) end)
              if not stop_here then error('stop', 0) end
            end)
            """
        #expect(await world.failure(source)?.message == "stop")
        #expect(try await world.run("stop_here = true " + source) == "7\n")
    }

    @Test(
        arguments: [
            (
                "f:step('a', noop) f:step('x', noop)",
                "the journal has \"b\" as step 2 of the flow, the script now calls \"x\""
            ),
            ("f:step('a', noop)", "the script ended without step \"b\""),
            ("f:step('a', noop) f:sleep(0)", "the journal has \"b\""),
            ("f:step('a', noop) task.all{function() f:step('b', noop) end}", "as a step of its own"),
        ] as [(String, String)])
    func aChangedScriptIsRefusedWithTheFirstDifference(body: String, part: String) async throws {
        let world = try await World()
        let lead = "local function noop() end flow.run('f', function(f) "
        _ = await world.failure(lead + "f:step('a', noop) f:step('b', noop) error('x') end)")
        let error = await world.failure(lead + body + " end)")
        #expect(error?.kind == .invalid)
        #expect(error?.message.contains(part) == true)
    }

    @Test func parallelStepsMayComeInAnyOrder() async throws {
        let world = try await World()
        let source = """
            flow.run('f', function(f)
              task.each(items, {concurrency = 3}, function(n)
                f:step('part ' .. n, function() task.sleep(.001 * n) print('part', n) return n end)
              end)
              error('stop', 0)
            end)
            """
        _ = await world.failure("items = {3, 1} " + source)
        let printed = try await world.run("items = {1, 2, 3} " + source.replacing("error('stop', 0)", with: ""))
        #expect(printed == "part\t2\n")
    }

    /// Each fault × whether the step can be verified: what the script and the platform come to.
    @Test(
        arguments: [
            ("cut-before", false, "stops", 0), ("cut-after", false, "stops", 1), ("cut-answer", false, "stops", 1),
            ("status-after:502", false, "stops", 1), ("envelope:empty", false, "stops", 1),
            ("cut-before", true, "done", 1), ("cut-after", true, "done", 1), ("cut-answer", true, "done", 1),
            ("status-after:502", true, "done", 1), ("envelope:truncated", true, "done", 1),
        ] as [(String, Bool, String, Int)])
    func aWriteWhoseFateIsUnknownIsSettled(fault: String, verifies: Bool, end: String, performed: Int) async throws {
        let world = try await World(faults: ["\(fault),on=production.orders.create,times=1"])
        let verify = verifies ? ", {settle = 0, verify = function() \(Self.look) end}" : ""
        let source = """
            print(flow.run('f', function(f)
              f:step('create', function() return \(Self.create) end\(verify))
              return 'done'
            end))
            """
        if end == "done" {
            #expect(try await world.run(source) == "done\n")
        } else {
            let error = await world.failure(source)
            #expect(error?.kind == .unresolved)
            #expect(error?.message.contains("c8run flow resolve f create --done JSON") == true)
            // Nothing is sent before somebody says what happened.
            #expect(await world.failure(source)?.kind == .unresolved)
            #expect(world.calls("production.orders.create") == 1)
        }
        #expect(world.performed("production.orders.create") == performed)
    }

    @Test func theDoubtIsNotForTheScriptToCatch() async throws {
        let world = try await World(faults: ["cut-after,on=production.orders.create,times=1"])
        let error = await world.failure(
            """
            flow.run('f', function(f)
              pcall(f.step, f, 'create', function() pcall(function() \(Self.create) end) return 1 end)
              pcall(function() print('goes on') end)
            end)
            """)
        #expect(error?.kind == .unresolved)
    }

    @Test(arguments: [true, false]) func theOperatorSettlesIt(happened: Bool) async throws {
        let world = try await World(faults: ["cut-before,on=production.orders.create,times=1"])
        let source =
            "print(flow.run('f', function(f) return f:step('create', function() return \(Self.create) end).orderNo end))"
        #expect(await world.failure(source)?.kind == .unresolved)
        try await world.journal.resolve(
            try FlowID("f"), try StepKey(text: "create"), as: happened ? .done(#"{"orderNo":"seen"}"#) : .retry,
            by: "me",
            at: 5)
        #expect(try await world.run(source) == (happened ? "seen\n" : "A-1\n"))
        #expect(world.calls("production.orders.create") == (happened ? 1 : 2))
    }

    @Test(
        arguments: [
            "status:503", "token:invalid", "token:http",
        ])
    func aWriteThatWasRefusedIsTriedAgainInTheNextRun(fault: String) async throws {
        let world = try await World(faults: ["\(fault),on=production.orders.create,times=2"])
        let source =
            "print(flow.run('f', function(f) return f:step('create', function() return \(Self.create) end).orderNo end))"
        let error = await world.failure(source)
        if error?.outcome == "rejected" {
            #expect(try await world.run(source) == "A-1\n")
            #expect(world.performed("production.orders.create") == 1)
        } else {
            // A gateway's page says nothing of what is behind it.
            #expect(error?.kind == .unresolved)
        }
    }

    @Test func anErrorBehindAWriteLeavesTheStepInDoubt() async throws {
        let world = try await World()
        let source = "flow.run('f', function(f) f:step('create', function() \(Self.create) error('then this') end) end)"
        let error = await world.failure(source)
        #expect(error?.kind == .unresolved)
        #expect(error?.message.contains("then this") == true)
        #expect(world.performed("production.orders.create") == 1)
    }

    @Test func callsThatWereAnsweredAreToldWithTheirTraces() async throws {
        let world = try await World()
        let source = """
            flow.run('f', function(f)
              f:step('create', function()
                pcall(function() c8.production.orders.create{orderNo = '', productCode = 'S', quantity = 5} end)
                \(Self.create)
                error('then this')
              end)
            end)
            """
        let error = await world.failure(source)
        #expect(error?.kind == .unresolved)
        let message = error?.message ?? ""
        #expect(message.contains("it failed after what it wrote had been accepted"), "\(message)")
        #expect(message.contains("production.orders.create accepted (code 200, traceId "), "\(message)")
        let step = try #require(try await world.journal.show(try FlowID("f"))?.steps.first)
        let accepted = try #require(step.calls.last)
        #expect(accepted.outcome == .accepted && accepted.code == 200 && accepted.traceID != nil)
    }

    @Test func verifyIsToldOfAnsweredCalls() async throws {
        let world = try await World()
        let source = """
            print(flow.run('f', function(f)
              return f:step('create', function() \(Self.create) error('then this') end, {verify = function(known)
                local call = known.calls[1]
                return call.operation .. ' ' .. call.outcome .. ' ' .. call.code .. ' ' .. type(call.trace_id)
              end})
            end))
            """
        #expect(try await world.run(source) == "production.orders.create accepted 200 string\n")
    }

    @Test func aVerifyThatFailsLeavesTheDoubtToTheOperator() async throws {
        let world = try await World(faults: ["cut-after,on=production.orders.create,times=1"])
        let source = """
            pcall(flow.run, 'f', function(f)
              f:step('create', function() return \(Self.create) end, {verify = function() error('cannot ask') end})
            end)
            """
        for _ in 1...2 {
            let error = await world.failure(source)
            #expect(error?.kind == .unresolved)
            #expect(error?.message.contains("Its verify, which was asked, failed:") == true)
            #expect(error?.message.contains("cannot ask") == true)
            #expect(error?.message.contains("--retry") == true)
        }
        #expect(world.calls("production.orders.create") == 1)
    }

    @Test func theAccessTokenIsNotKeptInTheJournal() async throws {
        var world = try await World()
        world.allowsToken = true
        for result in ["{t = token}", "'Bearer ' .. token", "{token:sub(1, 20)}"] {
            let error = await world.failure(
                """
                local token = c8.token.reveal()
                flow.run('f', function(f) f:step('a', function() return \(result) end) end)
                """)
            #expect(error?.kind == .invalid)
            #expect(error?.message.contains("may not hold the access token") == true)
        }
        let error = await world.failure(
            "flow.run('g', function(f) f:step('a', function() error(c8.token.reveal()) end) end)")
        #expect(error != nil)
        let report = try #require(try await world.journal.show(try FlowID("g")))
        #expect(report.steps.first?.error?.contains("‹secret›") == true)
        #expect(report.flow.error?.contains("‹secret›") == true)
    }

    @Test func stepsThatOnlyReadAreTriedAgain() async throws {
        let world = try await World()
        let source = """
            local n = 0
            print(flow.run('f', function(f)
              return f:step('list', function()
                c8.production.orders.list{}
                n = n + 1
                if n < 3 then error('not yet') end
                return n
              end, {retry = 5})
            end))
            """
        // The pauses are of a second at most, at random.
        #expect(try await world.run(source) == "3\n")
    }

    @Test func theInputIsTheFlowsOwn() async throws {
        var world = try await World()
        world.input = #"{"n":7}"#
        _ = await world.failure("flow.run('f', function(f) assert(f.input.n == 7) f:step('a', print) error('x') end)")
        world.input = #"{"n":8}"#
        let error = await world.failure("flow.run('f', function() end)")
        #expect(error?.message.contains("was begun with another input") == true)
    }

    @Test func sleepsEndAtTheirTimeOverAllRuns() async throws {
        let world = try await World()
        let source = "flow.run('f', function(f) f:sleep(.05) print('awake') if not go then error('x') end end)"
        _ = await world.failure(source)
        let clock = ContinuousClock()
        let began = clock.now
        #expect(try await world.run("go = true " + source) == "awake\n")
        #expect(clock.now - began < .seconds(5))
    }

    @Test(
        arguments: [
            ("flow.run('f')", "bad argument #2 to 'run' (function expected, got nil)"),
            ("flow.run('', print)", "bad argument #1 to 'run'"),
            ("flow.run('f', function(f) f:step('a') end)", "bad argument #2 to 'step' (function expected, got nil)"),
            (
                "flow.run('f', function(f) f:step('a', print, {verfy = print}) end)",
                "unknown option 'verfy'; there are retry, settle, timeout and verify"
            ),
            ("flow.run('f', function(f) f:step('a', function() return print end) end)", "result is a function"),
            ("flow.run('f', function(f) flow.run('f', print) end)", "is being run by this script already"),
            (
                "local kept flow.run('f', function(f) kept = f end) kept:step('a', print)",
                "a step can only be called while the function of flow.run runs"
            ),
            ("flow.run('f', function(f) f:step(('x'):rep(300), print) end)", "200"),
            ("flow.run('f', function(f) f:step('a', function() return ('x'):rep(2e6) end) end)", "bytes as JSON"),
        ] as [(String, String)])
    func mistakesAreNamed(source: String, part: String) async throws {
        let world = try await World()
        let error = await world.failure(source)
        #expect(error?.message.contains(part) == true)
    }

    @Test func aFlowWhoseTaskIsCancelledIsGivenUp() async throws {
        let world = try await World()
        let source = """
            local function run(seconds)
              return flow.run('f', function(f)
                f:step('a', function() task.sleep(seconds) end)
                return 'done'
              end)
            end
            print(pcall(task.timeout, .02, run, 60))
            print(run(0))
            """
        let printed = try await world.run(source)
        #expect(printed.hasSuffix("done\n"), "\(printed)")
    }

    @Test func parallelStepsOfOneNameAreRefused() async throws {
        let world = try await World()
        let error = await world.failure(
            "flow.run('f', function(f) task.each({1, 2}, function() f:step('same', function() end) end) end)")
        #expect(error?.message.contains("parallel tasks call step \"same\" twice") == true)
    }

    @Test func aStepWithParallelStepsMayBeTriedAgain() async throws {
        let world = try await World()
        let source = """
            local n = 0
            print(flow.run('f', function(f)
              return f:step('outer', function()
                n = n + 1
                task.all{
                  function() f:step('slow', function() task.sleep(n == 1 and 60 or 0) end) end,
                  function() f:step('quick', function() if n == 1 then error('once') end end) end,
                }
                return n
              end, {retry = 1})
            end))
            """
        #expect(try await world.run(source) == "2\n")
    }

    @Test func aStepMayHaveATime() async throws {
        let world = try await World()
        let error = await world.failure(
            "flow.run('f', function(f) f:step('slow', function() task.sleep(60) end, {timeout = .01}) end)")
        #expect(error?.kind == .timeout)
    }

    @Test func whoeverComesSecondWaitsAndGetsTheResult() async throws {
        let world = try await World()
        let source = """
            print(flow.run('f', function(f) f:step('a', function() task.sleep(.05) \(Self.create) end) return 'once' end))
            """
        async let first = world.run(source)
        async let second = world.run(source)
        async let third = world.run(source)
        let printed = try await [first, second, third]
        #expect(printed == ["once\n", "once\n", "once\n"])
        #expect(world.performed("production.orders.create") == 1)
    }

    @Test func whoeverDoesNotWantToWaitIsToldWhoHasIt() async throws {
        let world = try await World()
        let request = FlowRequest(
            id: try FlowID("f"), script: "other", scriptHash: "", input: nil, owner: FlowOwner(host: "here", process: 7)
        )
        _ = try await world.journal.claim(request, at: 1)
        let error = await world.failure("flow.run('f', function() end, {wait = 0})")
        #expect(error?.kind == .timeout)
        #expect(error?.message.contains("is being run by process 7 on here") == true)
    }
}
