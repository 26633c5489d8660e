import C8Flow
import C8Store
import Fuzzing
import Testing

/// What the protocol promises to a run, asked of every journal.
@Suite(.timeLimit(.minutes(2))) struct FlowJournalTests {
    private typealias Fixture = FlowJournalFixture

    private func key(_ text: String) throws -> StepKey { try StepKey(text: text) }

    private static func begin(_ position: Int? = 0, attempt: Int = 1, wakeAt: Double? = nil) -> StepEntry {
        .begin(position: position, attempt: attempt, wakeAt: wakeAt, at: 101)
    }

    @Test(arguments: FlowJournalKind.allCases)
    func aNewFlowIsClaimedAndAnotherClaimIsToldWhoHasIt(kind: FlowJournalKind) async throws {
        let fixture = try await Fixture(kind)
        #expect(try await fixture.journal.show(fixture.id) == nil)
        let (claim, steps) = try await fixture.claim()
        #expect(steps.isEmpty)
        #expect(claim.fence == 1)
        let held = FlowJournalError.held(fixture.id, by: FlowOwner(host: "line-3", process: 1), since: 100)
        #expect("\(held)".contains("process 1 on line-3"))
        await #expect(throws: held) { try await fixture.journal.claim(Fixture.request(fixture.id), at: 105) }
        let report = try #require(try await fixture.journal.show(fixture.id))
        #expect(report.isHeld)
        let expected = FlowRecord(Fixture.request(fixture.id), fence: 1, at: 100)
        #expect(report.flow == expected, "who gets nothing changes nothing")
    }

    @Test(arguments: FlowJournalKind.allCases)
    func aReleasedFlowIsClaimedAgainWithItsSteps(kind: FlowJournalKind) async throws {
        let fixture = try await Fixture(kind)
        let first = try await fixture.claim().claim
        try await fixture.journal.write(Self.begin(), of: key("a"), under: first, at: 101)
        try await fixture.journal.write(.end(result: "[1]", at: 102), of: key("a"), under: first, at: 102)
        try await fixture.journal.write(Self.begin(1, wakeAt: 500), of: key("s"), under: first, at: 103)
        await fixture.journal.release(first)
        #expect(try await fixture.journal.show(fixture.id)?.isHeld == false)
        let (second, steps) = try await Fixture.claim(fixture.journal, fixture.id, process: 2, at: 200)
        #expect(second.fence == 2 && second.number == first.number)
        #expect(steps.map(\.key.text) == ["a", "s"])
        #expect(steps.map(\.position) == [0, 1])
        #expect(steps.map(\.state) == [.done, .started])
        #expect(steps.map(\.result) == ["[1]", nil])
        #expect(steps.map(\.wakeAt) == [nil, 500])
        let flow = try #require(try await fixture.journal.show(fixture.id)).flow
        #expect(flow.owner.process == 2 && flow.claimedAt == 200 && flow.createdAt == 100 && flow.updatedAt == 200)
        // A claim that holds no longer gives nothing up.
        await fixture.journal.release(first)
        #expect(try await fixture.journal.show(fixture.id)?.isHeld == true)
    }

    @Test(arguments: FlowJournalKind.allCases)
    func aFinishedFlowGivesItsResultToAllAtOnce(kind: FlowJournalKind) async throws {
        let fixture = try await Fixture(kind)
        let claim = try await fixture.claim().claim
        try await fixture.journal.end(claim, with: .finished(result: #"{"n":1}"#), at: 110)
        try await withThrowingTaskGroup(of: FlowOpening.self) { group in
            for _ in 0..<8 {
                group.addTask { try await fixture.journal.claim(Fixture.request(fixture.id), at: 120) }
            }
            for try await opening in group { #expect(opening == .finished(result: #"{"n":1}"#)) }
        }
        let report = try #require(try await fixture.journal.show(fixture.id))
        #expect(report.flow.state == .finished && report.flow.endedAt == 110 && report.flow.fence == 1)
        #expect(!report.isHeld)
        await #expect(throws: FlowJournalError.lostOwnership(fixture.id)) {
            try await fixture.journal.end(claim, with: .failed(error: "x"), at: 130)
        }
    }

    @Test(arguments: FlowJournalKind.allCases)
    func aFailedFlowGoesOn(kind: FlowJournalKind) async throws {
        let fixture = try await Fixture(kind)
        let claim = try await fixture.claim().claim
        try await fixture.journal.end(claim, with: .failed(error: "no stock"), at: 110)
        let failed = try #require(try await fixture.journal.show(fixture.id)).flow
        #expect(failed.state == .failed && failed.error == "no stock" && failed.endedAt == 110)
        _ = try await fixture.claim(at: 120)
        let running = try #require(try await fixture.journal.show(fixture.id)).flow
        #expect(running.state == .running && running.error == nil && running.endedAt == nil)
    }

    @Test(
        "A flow that was begun with another input is refused, whatever its state", arguments: FlowJournalKind.allCases,
        [FlowEnd.finished(result: "1"), .failed(error: "e"), nil])
    func anotherInput(kind: FlowJournalKind, end: FlowEnd?) async throws {
        let fixture = try await Fixture(kind)
        let input = "{\"name\":\"\u{E9}\"}"
        let claim = try await Fixture.claim(fixture.journal, fixture.id, input: input).claim
        if let end { try await fixture.journal.end(claim, with: end, at: 110) }
        for other in [nil, "{}", "{\"name\":\"e\u{301}\"}"] as [String?] {
            let error = try await #require(
                #expect(throws: FlowJournalError.self) {
                    try await fixture.journal.claim(Fixture.request(fixture.id, input: other), at: 120)
                })
            guard case .otherInput(fixture.id, _) = error else {
                Issue.record("\(error)")
                continue
            }
        }
        #expect(try await fixture.journal.show(fixture.id)?.flow.input == input)
    }

    @Test(arguments: FlowJournalKind.allCases)
    func aStaleClaimCannotWrite(kind: FlowJournalKind) async throws {
        let fixture = try await Fixture(kind)
        let stale = try await fixture.claim().claim
        try await fixture.journal.write(Self.begin(), of: key("a"), under: stale, at: 101)
        let lost = FlowJournalError.lostOwnership(fixture.id)
        func refused() async throws {
            for entry in [Self.begin(), .end(result: "1", at: 1), .writes(change: 1, operation: nil)] {
                await #expect(throws: lost) {
                    try await fixture.journal.write(entry, of: key("a"), under: stale, at: 102)
                }
            }
            await #expect(throws: lost) {
                try await fixture.journal.end(stale, with: .finished(result: "1"), at: 102)
            }
        }
        await fixture.journal.release(stale)
        try await refused()
        let second = try await fixture.claim().claim
        try await refused()
        await fixture.journal.release(second)
        try await fixture.journal.forget(fixture.id)
        try await refused()
        // A flow that was begun anew has a first claim again.
        let anew = try await fixture.claim().claim
        #expect(anew.fence == stale.fence && anew.number != stale.number)
        try await refused()
        #expect(try await fixture.journal.show(fixture.id)?.steps.isEmpty == true)
    }

    @Test(arguments: FlowJournalKind.allCases)
    func textsThatAreTooLongAreRefused(kind: FlowJournalKind) async throws {
        let fixture = try await Fixture(kind)
        let most = "\"" + String(repeating: "x", count: FlowLimits.textBytes - 2) + "\""
        let long = most + " "
        await #expect(throws: FlowLimitError.self) {
            try await fixture.journal.claim(Fixture.request(fixture.id, input: long), at: 100)
        }
        let claim = try await Fixture.claim(fixture.journal, fixture.id, input: most).claim
        try await fixture.journal.write(Self.begin(), of: key("a"), under: claim, at: 101)
        await #expect(throws: FlowLimitError(.result(of: try key("a")), count: 1 << 20 + 1, most: 1 << 20)) {
            try await fixture.journal.write(.end(result: long, at: 1), of: key("a"), under: claim, at: 102)
        }
        try await fixture.journal.write(.end(result: most, at: 1), of: key("a"), under: claim, at: 102)
        await #expect(throws: FlowLimitError.self) {
            try await fixture.journal.end(claim, with: .finished(result: long), at: 103)
        }
        try await fixture.journal.end(claim, with: .finished(result: most), at: 103)
    }

    @Test(arguments: FlowJournalKind.allCases)
    func anEntryOfAStepThatWasNotBegunIsRefused(kind: FlowJournalKind) async throws {
        let fixture = try await Fixture(kind)
        let claim = try await fixture.claim().claim
        await #expect(throws: FlowJournalError.unknownStep(fixture.id, try key("a"))) {
            try await fixture.journal.write(.end(result: "1", at: 1), of: key("a"), under: claim, at: 102)
        }
    }

    /// A signal or a timeout cancels the task of a call that was sent; what became of it must still be written.
    @Test(arguments: FlowJournalKind.allCases)
    func entriesOfACancelledTaskAreKept(kind: FlowJournalKind) async throws {
        let fixture = try await Fixture(kind)
        let claim = try await fixture.claim().claim
        let a = try key("a")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await fixture.journal.write(Self.begin(), of: a, under: claim, at: 101)
            try await fixture.journal.write(.writes(change: 1, operation: "o"), of: a, under: claim, at: 102)
            try await fixture.journal.end(claim, with: .failed(error: "cancelled"), at: 103)
        }
        try await task.value
        let report = try #require(try await fixture.journal.show(fixture.id))
        #expect(report.steps.map(\.writes) == [1])
        #expect(report.flow.error == "cancelled" && !report.isHeld)
    }

    @Test("Every journal has the steps that the entries make", arguments: FlowJournalKind.allCases)
    func anySequenceOfEntries(kind: FlowJournalKind) async throws {
        let fixture = try await Fixture(kind)
        let claim = try await fixture.claim().claim
        var random = SeededGenerator(seed: 7)
        var expected: [FlowStep] = []
        for round in 0..<300 {
            let now = Double(round) / 8
            let index = random.number(below: min(expected.count + 1, 40))
            if index == expected.count {
                let step = FlowStep(
                    try key("s/\(index)"), position: index % 3 == 0 ? nil : index, wakeAt: index % 5 == 0 ? now : nil,
                    at: now)
                let entry = StepEntry.begin(position: step.position, attempt: 1, wakeAt: step.wakeAt, at: now)
                try await fixture.journal.write(entry, of: step.key, under: claim, at: now)
                expected.append(step)
                continue
            }
            let entry: StepEntry =
                switch random.number(below: 6) {
                case 0: .begin(position: expected[index].position, attempt: round, wakeAt: nil, at: now)
                case 1: .writes(change: 1, operation: random.pick(["post a", nil]))
                case 2: .writes(change: -1, operation: nil)
                case 3: .end(result: "\"é\u{1F600} \(round)\"", at: now)
                case 4:
                    .doubt(error: "e\(round)", operation: random.pick(["o", nil]), traceID: random.pick(["t", nil]))
                default: .failure(error: "f\(round)", traceID: random.pick(["u", nil]))
                }
            try await fixture.journal.write(entry, of: expected[index].key, under: claim, at: now)
            expected[index].apply(entry)
        }
        #expect(try await fixture.journal.show(fixture.id)?.steps == expected)
        await fixture.journal.release(claim)
        #expect(try await fixture.claim().steps == expected)
    }
}
