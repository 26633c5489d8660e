import C8Flow
import Testing

@Suite struct FlowStepsTests {
    private let id: FlowID

    init() throws {
        id = try FlowID("PO-1")
    }

    private func mismatch(_ body: () throws -> Void) throws -> FlowMismatch {
        try #require(#expect(throws: FlowMismatch.self, performing: body))
    }

    @Test func newStepsAreBegunInOrderAndNumberedByName() throws {
        var steps = try FlowSteps(id, [])
        for (name, text, position) in [("a", "a", 0), ("b", "b", 1), ("a", "a#2", 2)] {
            let call = try steps.call(name, at: 5)
            #expect(call.key.text == text)
            #expect(call.entry == .begin(position: position, attempt: 1, wakeAt: nil, at: 5))
            #expect(call.action == .run(attempt: 1))
            _ = try steps.apply(.ended(result: "1"), to: call.key, at: 6)
        }
        try steps.end()
        #expect(steps.count == 3)
    }

    @Test func finishedStepsGiveTheirResultsAndTheNextOneIsNew() throws {
        var steps = try FlowSteps(id, [row("a"), row("a/x"), row("a#2", position: 1)])
        #expect(try steps.call("a", at: 20).action == .finish(result: #""a""#))
        #expect(try steps.call("a", at: 20).action == .finish(result: #""a#2""#))
        #expect(try steps.call("b", at: 20).entry == .begin(position: 2, attempt: 1, wakeAt: nil, at: 20))
        _ = try steps.apply(.ended(result: "1"), to: stepKey("b"), at: 20)
        try steps.end()
    }

    @Test func nestedStepsAreMatchedWithinTheirStepEachTimeItRuns() throws {
        var steps = try FlowSteps(id, [row("a", .started), row("a/x"), row("a/y", .started, position: 1)])
        let a = try steps.call("a", at: 20)
        #expect(a.action == .run(attempt: 2))
        for attempt in 2...3 {
            #expect(try steps.call("x", in: a.key, at: 20).action == .finish(result: #""a/x""#))
            #expect(try steps.call("y", in: a.key, at: 20).action == .run(attempt: attempt))
            _ = try steps.apply(.failed(error: "e", traceID: nil), to: stepKey("a/y"), at: 21)
            if attempt == 3 { break }
            _ = try steps.apply(.failed(error: "e", traceID: nil), to: a.key, at: 21)
            #expect(try steps.apply(.retried, to: a.key, at: 22).action == .run(attempt: 3))
        }
        #expect(try steps.call("z", in: a.key, at: 23).entry == .begin(position: 2, attempt: 1, wakeAt: nil, at: 23))
        _ = try steps.apply(.ended(result: "1"), to: stepKey("a/z"), at: 23)
        _ = try steps.apply(.ended(result: "1"), to: a.key, at: 23)
        try steps.end()
    }

    @Test func parallelStepsComeInAnyOrder() throws {
        var steps = try FlowSteps(
            id, [row("a"), row("p", position: nil), row("q", .started, position: nil), row("b", position: 1)])
        #expect(try steps.call("a", at: 20).action == .finish(result: #""a""#))
        #expect(try steps.call("r", isParallel: true, at: 20).entry?.isLight == true)
        #expect(try steps.call("q", isParallel: true, at: 20).action == .run(attempt: 2))
        #expect(try steps.call("p", isParallel: true, at: 20).action == .finish(result: #""p""#))
        #expect(try steps.call("b", at: 20).action == .finish(result: #""b""#))
        for key in ["q", "r"] { _ = try steps.apply(.ended(result: "1"), to: stepKey(key), at: 20) }
        try steps.end()
    }

    @Test func anotherStepThanTheJournalsIsNamed() throws {
        var steps = try FlowSteps(id, [row("a"), row("b", position: 1)])
        _ = try steps.call("a", at: 20)
        for called in ["c", "a"] {
            let error = try mismatch { _ = try steps.call(called, at: 20) }
            let key = called == "a" ? "a#2" : "c"
            let difference = FlowMismatch.Difference.other(
                position: 1, journaled: try stepKey("b"), called: try stepKey(key))
            #expect(error == FlowMismatch(scope: .flow, difference))
            #expect(
                "\(error)".hasPrefix(
                    "the journal has \"b\" as step 2 of the flow, the script now calls \"\(key)\""))
        }
        #expect(try steps.call("b", at: 20).action == .finish(result: #""b""#), "an error changes nothing")
    }

    @Test func aStepThatIsBegunInAnotherWayIsNamed() throws {
        var steps = try FlowSteps(id, [row("a"), row("p", position: nil), row("s", position: 1, wakeAt: 30)])
        #expect("\(try mismatch { _ = try steps.call("a", isParallel: true, at: 20) })".contains("parallel task"))
        _ = try steps.call("a", at: 20)
        #expect("\(try mismatch { _ = try steps.call("s", at: 20) })".contains("has \"s\" as a sleep"))
        _ = try steps.call("s", wakeAt: 99, at: 20)
        let error = try mismatch { _ = try steps.call("p", at: 20) }
        #expect(error.difference == .kind(try stepKey("p"), journaled: .parallel, called: .sequential))
    }

    @Test func stepsThatWereNeverReachedAreNamedAtTheEnd() throws {
        var steps = try FlowSteps(
            id, [row("a", .started), row("a/x"), row("b", position: 1), row("p", position: nil)])
        let a = try steps.call("a", at: 20).key
        let nested = try mismatch { _ = try steps.apply(.ended(result: "1"), to: a, at: 20) }
        #expect("\(nested)".hasPrefix("step \"a\" ended without step \"a/x\", which the journal has"))
        #expect(steps.phase(a) == .running)
        _ = try steps.call("x", in: a, at: 20)
        _ = try steps.apply(.ended(result: "1"), to: a, at: 20)
        #expect("\(try mismatch { try steps.end() })".hasPrefix("the script ended without step \"b\""))
        _ = try steps.call("b", at: 20)
        #expect(try mismatch { try steps.end() }.difference == .missing(try stepKey("p")))
        _ = try steps.call("p", isParallel: true, at: 20)
        try steps.end()
    }

    @Test func nothingIsCalledWithinWhatDoesNotRun() throws {
        var steps = try FlowSteps(id, [row("a")])
        let a = try steps.call("a", at: 20).key
        #expect(throws: FlowStepsError.scopeNotRunning(a, called: try stepKey("a/x"))) {
            try steps.call("x", in: a, at: 20)
        }
        #expect(throws: FlowStepsError.notCalled(try stepKey("b"))) {
            try steps.apply(.woke, to: stepKey("b"), at: 20)
        }
        try steps.end()
        #expect(throws: FlowStepsError.scopeNotRunning(.flow, called: try stepKey("b"))) {
            try steps.call("b", at: 20)
        }
    }

    @Test func nothingEndsBeforeTheStepsWithinIt() throws {
        var steps = try FlowSteps(id, [])
        let a = try steps.call("a", at: 20).key
        let x = try steps.call("x", in: a, isParallel: true, at: 20).key
        #expect(throws: FlowStepsError.unsettled(x, .running)) {
            try steps.apply(.ended(result: "1"), to: a, at: 20)
        }
        _ = try steps.apply(.write(operation: "o"), to: x, at: 20)
        _ = try steps.apply(.failed(error: "e", traceID: nil), to: x, at: 20)
        _ = try steps.apply(.unverified, to: x, at: 20)
        let error = try #require(
            #expect(throws: FlowStepsError.self) { try steps.apply(.ended(result: "1"), to: a, at: 20) })
        #expect("\(error)".contains("step \"a/x\" is in doubt"), "a script cannot catch that")
        _ = try steps.apply(.failed(error: "e", traceID: nil), to: a, at: 20)
        try steps.end()
    }

    @Test func aTaskThatWasLeftBehindKeepsItsStepFromRunningTwice() throws {
        var steps = try FlowSteps(id, [])
        let a = try steps.call("a", at: 20).key
        let x = try steps.call("x", in: a, isParallel: true, at: 20).key
        _ = try steps.apply(.failed(error: "e", traceID: nil), to: a, at: 20)
        _ = try steps.apply(.retried, to: a, at: 20)
        #expect(throws: FlowStepsError.alreadyRunning(x)) { try steps.call("x", in: a, isParallel: true, at: 20) }
    }

    @Test(
        "A journal that cannot be true is refused, and the step named",
        arguments: [
            ([("a", 0), ("a", 1)], "a", "twice"), ([("a", 0), ("b", 2)], "b", "before it is missing"),
            ([("b", 1)], "b", "before it is missing"), ([("a/x", 0)], "a/x", "around it is missing"),
            ([("a", -1)], "a", "before it is missing"),
        ])
    func damage(parts: [(String, Int)], step: String, problem: String) throws {
        let rows = try parts.map { try row($0.0, position: $0.1) }
        let error = try #require(#expect(throws: FlowJournalError.self) { try FlowSteps(id, rows) })
        #expect("\(error)".contains("at step \"\(step)\"") && "\(error)".contains(problem), "\(error)")
    }

    @Test func aStepThatIsDoneWithoutAResultIsDamage() throws {
        var rows = [try row("a")]
        rows[0].result = nil
        #expect(throws: FlowJournalError.damaged(flow: "PO-1", step: "a", problem: "it is done without a result")) {
            try FlowSteps(id, rows)
        }
    }

    @Test func nestingHasAnEnd() throws {
        var steps = try FlowSteps(id, [])
        var scope = StepKey.flow
        for _ in 0..<FlowLimits.depth { scope = try steps.call("x", in: scope, at: 20).key }
        let error = try #require(#expect(throws: FlowLimitError.self) { try steps.call("x", in: scope, at: 20) })
        #expect("\(error)".contains("33 steps deep"))
    }

    @Test func manyStepsAreMatchedFast() throws {
        let rows = try (0..<20_000).map { index in
            try row(index == 0 ? "a" : "a#\(index + 1)", position: index)
        }
        let start = ContinuousClock.now
        var steps = try FlowSteps(id, rows)
        for _ in rows { _ = try steps.call("a", at: 20) }
        try steps.end()
        // Generous: what must not be is quadratic.
        #expect(ContinuousClock.now - start < .seconds(20))
    }
}
