import C8Emulator
import C8Flow
import C8Platform
import Foundation
import Testing

@testable import C8Run

/// The disk is full when a step's write has gone out: whatever the script makes of errors, the run stops and asks.
@Suite struct FullJournalTests {
    /// Runs that follow each other on one journal and one emulator.
    private struct World: Sendable {
        let journal: FullJournal
        let emulator: Emulator

        init(faults: [String] = [], fillsAt: @escaping @Sendable (StepEntry) -> Bool) async throws {
            journal = FullJournal(fillsAt: fillsAt)
            emulator = try await Emulator.start(
                EmulatorConfiguration(tokenInterval: 0, faults: faults.map { try Fault(parsing: $0) }))
        }

        func run(_ source: String) async throws -> String {
            var script = PlatformScript()
            script.emulator = emulator
            script.tokenInterval = .zero
            let journal = journal
            script.flows = FlowServices { journal }
            return try await script.run("local flow, task = require 'c8.flow', require 'c8.task' " + source).printed
        }

        func failure(_ source: String) async -> ScriptError? {
            do {
                Issue.record("nothing was raised, but printed: \(try await run(source))")
                return nil
            } catch {
                return error as? ScriptError
            }
        }

        var performed: Int {
            emulator.requestLog.records.count { $0.operation == "production.orders.create" && $0.isPerformed }
        }
    }

    private static let create =
        "c8.production.orders.create{orderNo = 'A-1', productCode = 'S', quantity = 5}"

    @Sendable private static func isEnd(_ entry: StepEntry) -> Bool { if case .end = entry { true } else { false } }
    @Sendable private static func isDoubt(_ entry: StepEntry) -> Bool { if case .doubt = entry { true } else { false } }
    @Sendable private static func isUnwritten(_ entry: StepEntry) -> Bool {
        if case .writes(-1, _) = entry { true } else { false }
    }

    /// What the script does with the step, and with errors.
    enum Habit: String, Sendable, CaseIterable {
        case lets = "f:step('create', write)"
        case catches = "print(pcall(f.step, f, 'create', write)) print('goes on')"
        case catchesWithin = "f:step('create', function() pcall(write) return 1 end) print('goes on')"
        case nests = "f:step('outer', function() pcall(f.step, f, 'create', write) print('goes on') end)"
        case parallel = "pcall(task.all, {function() f:step('create', write) end}) print('goes on')"

        var key: String { self == .nests ? "outer/create" : "create" }
    }

    private static func flow(_ habit: Habit) -> String {
        """
        local function write() local order = \(create) return order.orderNo end
        local ok, problem = pcall(flow.run, 'f', function(f) \(habit.rawValue) return 'end' end)
        print(ok, problem)
        """
    }

    @Test(arguments: Habit.allCases) func writeWhoseEndCannotBeKeptStopsTheRun(habit: Habit) async throws {
        let world = try await World(fillsAt: Self.isEnd)
        let error = await world.failure(Self.flow(habit))
        #expect(error?.kind == .unresolved)
        let message = error?.message ?? ""
        #expect(message.contains("it has written (production.orders.create, traceId "), "\(message)")
        #expect(message.contains("database or disk is full"), "\(message)")
        #expect(message.contains("c8run flow resolve f \(habit.key) --retry"), "\(message)")
        #expect(world.performed == 1)

        // With room, the next run asks as well, until somebody says what happened.
        world.journal.makeRoom()
        #expect(await world.failure(Self.flow(habit))?.kind == .unresolved)
        try await world.journal.resolve(
            try FlowID("f"), try StepKey(text: habit.key), as: .done(#""A-1""#), by: "me", at: 1)
        #expect(try await world.run(Self.flow(habit)).hasSuffix("true\tend\n"))
        #expect(world.performed == 1)
    }

    @Test(arguments: Habit.allCases) func doubtThatCannotBeKeptStopsTheRun(habit: Habit) async throws {
        let world = try await World(faults: ["cut-after,on=production.orders.create,times=1"], fillsAt: Self.isDoubt)
        let error = await world.failure(Self.flow(habit))
        #expect(error?.kind == .unresolved)
        #expect(error?.message.contains("database or disk is full") == true, "\(error?.message ?? "")")
        #expect(world.performed == 1)
        world.journal.makeRoom()
        #expect(await world.failure(Self.flow(habit))?.kind == .unresolved)
        #expect(world.performed == 1)
    }

    /// The platform said no, but the journal still says that something may have been written.
    @Test func refusalThatCannotBeKeptIsToldAsOne() async throws {
        let world = try await World(
            faults: ["token:invalid,on=production.orders.create,times=2"], fillsAt: Self.isUnwritten)
        let error = await world.failure(Self.flow(.catches))
        #expect(error?.kind == .unresolved)
        #expect(error?.message.contains("did not take place, and the journal could not be told so") == true)
        #expect(world.performed == 0)
    }

    @Test func stepThatWroteNothingFailsAsAnyOther() async throws {
        let world = try await World(fillsAt: Self.isEnd)
        let printed = try await world.run(
            "print(pcall(flow.run, 'f', function(f) f:step('a', function() return 1 end) end))")
        #expect(printed.contains("false\t"))
        #expect(printed.contains("disk is full"))
        world.journal.makeRoom()
        #expect(
            try await world.run("print(flow.run('f', function(f) return f:step('a', function() return 1 end) end))")
                == "1\n")
    }

    /// Nothing is sent that could not be noted before.
    @Test func writeThatCannotBeNotedIsNotSent() async throws {
        let world = try await World { if case .writes(1, _) = $0 { true } else { false } }
        let printed = try await world.run(Self.flow(.lets))
        #expect(printed.contains("disk is full"), "\(printed)")
        #expect(world.performed == 0)
        world.journal.makeRoom()
        #expect(try await world.run(Self.flow(.lets)) == "true\tend\n")
        #expect(world.performed == 1)
    }

    /// The step around it knows nothing of a step that is done.
    @Test func writeThatIsKeptIsNotInDoubt() async throws {
        let world = try await World {
            if case .end(result: "\"outer\"", _) = $0 { true } else { false }
        }
        let source = """
            print(pcall(flow.run, 'f', function(f)
              f:step('outer', function() f:step('create', function() \(Self.create) end) return 'outer' end)
              return 'end'
            end))
            """
        #expect(try await world.run(source).contains("disk is full"))
        world.journal.makeRoom()
        #expect(try await world.run(source) == "true\tend\n")
        #expect(world.performed == 1)
    }
}
