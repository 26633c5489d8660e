import C8Emulator
import C8Flow
import C8Platform
import Testing

@testable import C8Run

/// Runs that follow each other on one journal and one emulator.
struct FlowWorld: Sendable {
    let journal = MemoryFlowJournal()
    let emulator: Emulator
    var input: String?
    var allowsToken = false

    init(faults: [String] = []) async throws {
        emulator = try await Emulator.start(
            EmulatorConfiguration(tokenInterval: 0, faults: faults.map { try Fault(parsing: $0) }))
    }

    func run(_ source: String) async throws -> String {
        var script = PlatformScript()
        script.emulator = emulator
        script.tokenInterval = .zero
        script.allowsToken = allowsToken
        let journal = journal
        script.flows = FlowServices(input: input) { journal }
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

    func calls(_ id: OperationID) -> Int { emulator.requestLog.calls[id] ?? 0 }
    func performed(_ id: OperationID) -> Int {
        emulator.requestLog.records.count { $0.operation == id && $0.isPerformed }
    }
}
