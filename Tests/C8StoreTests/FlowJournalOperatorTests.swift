import C8Flow
import C8Store
import Testing

/// What the protocol promises to the operator, asked of every journal.
@Suite(.timeLimit(.minutes(2))) struct FlowJournalOperatorTests {
    private typealias Fixture = FlowJournalFixture

    private func key(_ text: String) throws -> StepKey { try StepKey(text: text) }

    /// A released flow with a step `a` of which nobody knows, a step `b` that did not write, and a step `c` that is done.
    private func open(_ fixture: Fixture, inDoubt: Bool) async throws {
        let claim = try await fixture.claim().claim
        for (position, name) in ["a", "b", "c"].enumerated() {
            let begin = StepEntry.begin(position: position, attempt: 1, wakeAt: nil, at: 101)
            try await fixture.journal.write(begin, of: key(name), under: claim, at: 101)
        }
        let write = StepEntry.writes(change: 1, operation: "orders.create")
        try await fixture.journal.write(write, of: key("a"), under: claim, at: 102)
        try await fixture.journal.write(.end(result: "3", at: 103), of: key("c"), under: claim, at: 103)
        if inDoubt {
            let doubt = StepEntry.doubt(error: "timeout", operation: nil, traceID: "t-1")
            try await fixture.journal.write(doubt, of: key("a"), under: claim, at: 104)
        }
        await fixture.journal.release(claim)
    }

    @Test(arguments: FlowJournalKind.allCases, [false, true])
    func anOpenStepIsSettledAsDone(kind: FlowJournalKind, inDoubt: Bool) async throws {
        let fixture = try await Fixture(kind)
        try await open(fixture, inDoubt: inDoubt)
        try await fixture.journal.resolve(fixture.id, key("a"), as: .done(#"{"id":7}"#), by: "wang", at: 200)
        let report = try #require(try await fixture.journal.show(fixture.id))
        let step = try #require(report.steps.first)
        #expect(step.state == .done && step.result == #"{"id":7}"# && step.endedAt == 200)
        #expect(step.resolution == StepResolution(choice: .done, operatorName: "wang", at: 200))
        #expect(step.lastOperation == "orders.create", "what is known of it is kept")
        #expect(report.flow.fence == 2 && report.flow.updatedAt == 200)
        var steps = try FlowSteps(fixture.id, try await fixture.claim(at: 300).steps)
        #expect(try steps.call("a", at: 300).action == .finish(result: #"{"id":7}"#))
    }

    @Test(arguments: FlowJournalKind.allCases, [false, true])
    func anOpenStepIsSettledAsToBeRunAgain(kind: FlowJournalKind, inDoubt: Bool) async throws {
        let fixture = try await Fixture(kind)
        try await open(fixture, inDoubt: inDoubt)
        try await fixture.journal.resolve(fixture.id, key("a"), as: .retry, by: "wang", at: 200)
        let found = try await fixture.claim(at: 300).steps
        #expect(found.first?.resolution == StepResolution(choice: .retry, operatorName: "wang", at: 200))
        var steps = try FlowSteps(fixture.id, found)
        #expect(try steps.call("a", at: 300).action == .run(attempt: 2))
    }

    /// Until a run has seen it, what was said can be taken back.
    @Test(arguments: FlowJournalKind.allCases, [StepSettlement.retry, .done("1")])
    func whatWasSaidIsReplacedUntilARunHasSeenIt(kind: FlowJournalKind, first: StepSettlement) async throws {
        let fixture = try await Fixture(kind)
        try await open(fixture, inDoubt: true)
        let journal = fixture.journal
        let none = try await journal.resolve(fixture.id, key("a"), as: first, by: "wang", at: 200)
        #expect(none == nil)
        let second: StepSettlement = first == .retry ? .done("2") : .retry
        let replaced = try await journal.resolve(fixture.id, key("a"), as: second, by: "li", at: 201)
        #expect(replaced == StepResolution(choice: first.choice, operatorName: "wang", at: 200))
        let step = try #require(try await journal.show(fixture.id)?.steps.first)
        #expect(step.resolution == StepResolution(choice: second.choice, operatorName: "li", at: 201))
        #expect(step.state == (first == .retry ? .done : .started))
        #expect(step.result == (first == .retry ? "2" : nil))
        await journal.release(try await fixture.claim(at: 300).claim)
        await #expect(throws: FlowJournalError.self) {
            try await journal.resolve(fixture.id, key("a"), as: first, by: "li", at: 301)
        }
    }

    /// Whatever clocks say: one that was set back, or another machine's.
    @Test(arguments: FlowJournalKind.allCases, [(said: 50.0, ran: 60.0), (said: 500, ran: 60), (said: 50, ran: 40)])
    func whetherARunHasSeenItDoesNotDependOnClocks(
        kind: FlowJournalKind, at time: (said: Double, ran: Double)
    ) async throws {
        let fixture = try await Fixture(kind)
        // Claimed at 100.
        try await open(fixture, inDoubt: true)
        let journal = fixture.journal
        try await journal.resolve(fixture.id, key("a"), as: .retry, by: "wang", at: time.said)
        let replaced = try await journal.resolve(fixture.id, key("a"), as: .done("1"), by: "li", at: time.said)
        #expect(replaced?.operatorName == "wang")
        await journal.release(try await fixture.claim(at: time.ran).claim)
        await #expect(throws: FlowJournalError.self) {
            try await journal.resolve(fixture.id, key("a"), as: .retry, by: "li", at: time.said)
        }
    }

    @Test(arguments: FlowJournalKind.allCases)
    func answeredCallsAreKeptUntilTheStepIsDone(kind: FlowJournalKind) async throws {
        let fixture = try await Fixture(kind)
        let (journal, id) = (fixture.journal, fixture.id)
        let claim = try await fixture.claim().claim
        let calls = [
            StepCall(operation: "orders.create", outcome: .rejected, code: 9, traceID: "t-1", at: 102),
            StepCall(operation: "orders.create", outcome: .accepted, code: 200, traceID: nil, at: 103),
        ]
        try await journal.write(
            .begin(position: 0, attempt: 1, wakeAt: nil, at: 101), of: key("a"), under: claim, at: 101)
        for call in calls { try await journal.write(.answer(call), of: key("a"), under: claim, at: call.at) }
        #expect(try await journal.show(id)?.steps.first?.calls == calls)
        try await journal.write(
            .begin(position: 0, attempt: 2, wakeAt: nil, at: 104), of: key("a"), under: claim, at: 104)
        #expect(try await journal.show(id)?.steps.first?.calls == [])
        try await journal.write(.answer(calls[0]), of: key("a"), under: claim, at: 105)
        try await journal.write(.end(result: "1", at: 106), of: key("a"), under: claim, at: 106)
        #expect(try await journal.show(id)?.steps.first?.calls == [])
    }

    @Test(arguments: FlowJournalKind.allCases)
    func whatIsNotOpenCannotBeSettled(kind: FlowJournalKind) async throws {
        let fixture = try await Fixture(kind)
        try await open(fixture, inDoubt: true)
        let journal = fixture.journal
        for (name, state) in [("b", StepState.started), ("c", .done)] {
            await #expect(throws: FlowJournalError.notOpen(fixture.id, try key(name), state)) {
                try await journal.resolve(fixture.id, key(name), as: .retry, by: "wang", at: 200)
            }
        }
        await #expect(throws: FlowJournalError.unknownStep(fixture.id, try key("a#2"))) {
            try await journal.resolve(fixture.id, key("a#2"), as: .retry, by: "wang", at: 200)
        }
        let other = try FlowID("other")
        await #expect(throws: FlowJournalError.unknownFlow(other)) {
            try await journal.resolve(other, key("a"), as: .retry, by: "wang", at: 200)
        }
        await #expect(throws: FlowLimitError.self) {
            let long = String(repeating: "1", count: FlowLimits.textBytes + 1)
            try await journal.resolve(fixture.id, key("a"), as: .done(long), by: "wang", at: 200)
        }
        #expect(try await journal.show(fixture.id)?.flow.fence == 1)
    }

    @Test(arguments: FlowJournalKind.allCases)
    func aHeldFlowIsLeftAlone(kind: FlowJournalKind) async throws {
        let fixture = try await Fixture(kind)
        try await open(fixture, inDoubt: true)
        let claim = try await fixture.claim(at: 300).claim
        let held = FlowJournalError.held(fixture.id, by: FlowOwner(host: "line-3", process: 1), since: 300)
        await #expect(throws: held) {
            try await fixture.journal.resolve(fixture.id, key("a"), as: .retry, by: "wang", at: 200)
        }
        await #expect(throws: held) { try await fixture.journal.forget(fixture.id) }
        await fixture.journal.release(claim)
        try await fixture.journal.forget(fixture.id)
        #expect(try await fixture.journal.show(fixture.id) == nil)
        await #expect(throws: FlowJournalError.unknownFlow(fixture.id)) {
            try await fixture.journal.forget(fixture.id)
        }
    }

    @Test(arguments: FlowJournalKind.allCases)
    func flowsAreListedByTheirLastChange(kind: FlowJournalKind) async throws {
        let fixture = try await Fixture(kind)
        let journal = fixture.journal
        try await open(fixture, inDoubt: false)
        for (number, end) in [FlowEnd.finished(result: "1"), .failed(error: "e")].enumerated() {
            let id = try FlowID("f\(number)")
            let claim = try await Fixture.claim(journal, id, at: 200).claim
            try await journal.end(claim, with: end, at: 210 + Double(number))
        }
        _ = try await Fixture.claim(journal, try FlowID("held"), at: 150)
        func ids(_ filter: FlowFilter) async throws -> [String] {
            try await journal.list(filter).map(\.flow.id.text)
        }
        #expect(try await ids(FlowFilter()) == ["f1", "f0", "held", fixture.id.text])
        #expect(try await ids(FlowFilter(limit: 2)) == ["f1", "f0"])
        #expect(try await ids(FlowFilter(limit: 0)).isEmpty)
        #expect(try await ids(FlowFilter(states: [.finished, .failed])) == ["f1", "f0"])
        #expect(try await ids(FlowFilter(states: [])).isEmpty)
        #expect(try await ids(FlowFilter(openOnly: true)) == [fixture.id.text])
        let all = try await journal.list(FlowFilter())
        #expect(all.map(\.isHeld) == [false, false, true, false])
        let last = try #require(all.last)
        #expect((last.steps, last.done, last.open) == (3, 1, 1))
        let shown = try await journal.show(fixture.id)?.flow
        #expect(last.flow == shown)
    }

    @Test(arguments: FlowJournalKind.allCases)
    func finishedFlowsArePrunedByAgeAndOthersAreKept(kind: FlowJournalKind) async throws {
        let fixture = try await Fixture(kind)
        let journal = fixture.journal
        try await open(fixture, inDoubt: true)
        for (number, end) in [FlowEnd.finished(result: "1"), .finished(result: "2"), .failed(error: "e")].enumerated() {
            let claim = try await Fixture.claim(journal, try FlowID("f\(number)"), at: 10).claim
            let begin = StepEntry.begin(position: 0, attempt: 1, wakeAt: nil, at: 10)
            try await journal.write(begin, of: key("a"), under: claim, at: 10)
            try await journal.end(claim, with: end, at: 20 + Double(number))
        }
        #expect(try await journal.prune(finishedBefore: 20) == 0)
        #expect(try await journal.prune(finishedBefore: 21) == 1)
        let kept = try await journal.list(FlowFilter()).map(\.flow.id.text)
        #expect(kept == [fixture.id.text, "f2", "f1"])
        // Its id is free.
        #expect(try await Fixture.claim(journal, try FlowID("f0"), at: 30).steps.isEmpty)
    }
}
