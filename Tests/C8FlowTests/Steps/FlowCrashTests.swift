import C8Flow
import Fuzzing
import Testing

/// Random scripts that are killed anywhere, until one run ends.
@Suite struct FlowCrashTests {
    struct Killed: Error {}

    /// Runs one script over a journal; each thing that could be the last thing a process does counts down.
    private struct Run {
        var random: SeededGenerator
        var left: Int
        let journal: MemoryFlowJournal
        let claim: FlowClaim
        var steps: FlowSteps
        /// Effects by step, as the platform has them.
        var effects: [StepKey: Int]

        mutating func tick() throws {
            left -= 1
            if left <= 0 { throw Killed() }
        }

        mutating func perform(_ transition: StepTransition) async throws -> StepAction {
            try tick()
            if let entry = transition.entry {
                try await journal.write(entry, of: transition.key, under: claim, at: 1)
                try tick()
            }
            return transition.action
        }

        mutating func apply(_ event: StepEvent, to key: StepKey) async throws -> StepAction {
            try await perform(try steps.apply(event, to: key, at: 1))
        }

        /// One step: even ones write, those of depth 0 have nested ones.
        mutating func step(_ number: Int, in scope: StepKey) async throws {
            let transition = try steps.call("s\(number % 3)", in: scope, at: 1)
            let key = transition.key
            var action = try await perform(transition)
            while true {
                switch action {
                case .finish(let result):
                    #expect(result == "\"\(key.text)\"")
                    return
                case .run:
                    action = try await run(number, key)
                case .settle:
                    // The platform knows.
                    let happened = (effects[key] ?? 0) > 0
                    action = try await apply(.verified(result: happened ? "\"\(key.text)\"" : nil), to: key)
                case .fail:
                    action = try await apply(.retried, to: key)
                case .unwind:
                    action = try await apply(.failed(error: "in doubt", traceID: nil), to: key)
                case .wait, .stop, .proceed:
                    Issue.record("\(action)")
                    return
                }
            }
        }

        private mutating func run(_ number: Int, _ key: StepKey) async throws -> StepAction {
            if key.components.count < 2 { for nested in 0..<number % 4 { try await step(nested, in: key) } }
            if number.isMultiple(of: 2) {
                _ = try await apply(.write(operation: "o"), to: key)
                switch random.number(below: 4) {
                case 0:
                    _ = try await apply(.unwritten, to: key)
                    return try await apply(.failed(error: "refused", traceID: nil), to: key)
                case 1:
                    if random.number(below: 2) == 0 { effects[key, default: 0] += 1 }
                    return try await apply(.doubt(error: "timeout", operation: "o", traceID: nil), to: key)
                default:
                    effects[key, default: 0] += 1
                    try tick()
                }
            }
            return try await apply(.ended(result: "\"\(key.text)\""), to: key)
        }
    }

    @Test func eachWriteTakesPlaceOnceHoweverOftenTheScriptIsKilled() async throws {
        try await Fuzzing.loop(least: 150) { seed in
            let id = try FlowID("f")
            var random = SeededGenerator(seed: seed)
            let journal = MemoryFlowJournal()
            let count = 2 + random.number(below: 5)
            var effects: [StepKey: Int] = [:]
            for attempt in 1... {
                let request = FlowRequest(
                    id: id, script: "s", scriptHash: "", input: nil, owner: FlowOwner(host: "h", process: 1))
                let opening = try await journal.claim(request, at: 1)
                guard case .claimed(let claim, let found) = opening else { return }
                var run = Run(
                    random: random, left: attempt > 60 ? .max : 1 + random.number(below: 60), journal: journal,
                    claim: claim, steps: try FlowSteps(id, found), effects: effects)
                do {
                    for number in 0..<count { try await run.step(number, in: .flow) }
                    try run.steps.end()
                    effects = run.effects
                    break
                } catch is Killed {
                    // The lock goes with the process.
                    await journal.release(claim)
                }
                random = run.random
                effects = run.effects
            }
            #expect(effects.values.allSatisfy { $0 == 1 }, "seed \(seed): \(effects)")
            let steps = try #require(try await journal.show(id)).steps
            #expect(steps.allSatisfy { $0.state == .done }, "seed \(seed)")
            let writing = steps.filter { effects[$0.key] != nil }
            #expect(writing.count == effects.count)
        }
    }
}
