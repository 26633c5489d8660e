import Testing

@testable import C8Flow

@Suite struct StepLifeTests {
    /// A life in each phase; running and unwinding also with a write.
    enum Start: String, CaseIterable, Sendable {
        case running, wrote, unwinding, unwindingWithoutWrites, settling, waiting, failed, stopped, left, done

        func life() throws -> StepLife {
            let key = try stepKey("a")
            var life = StepLife.begin(key, position: 0, wakeAt: self == .waiting ? 50 : nil, at: 10).life
            for event in events { _ = try life.apply(event, at: 20) }
            return life
        }

        private var events: [StepEvent] {
            let write = StepEvent.write(operation: "o")
            let doubt = StepEvent.doubt(error: "timeout", operation: "o", traceID: "t")
            let failed = StepEvent.failed(error: "e", traceID: nil)
            return switch self {
            case .running, .waiting: []
            case .wrote: [write]
            case .unwinding: [write, doubt]
            case .unwindingWithoutWrites: [doubt]
            case .settling: [write, failed]
            case .failed: [failed]
            case .stopped: [write, failed, .unverified]
            case .left: [.left]
            case .done: [.ended(result: "1")]
            }
        }
    }

    /// Phase after it, entry, action; nil where the event cannot happen.
    typealias Outcome = (phase: StepPhase, entry: String?, action: String)

    static let events: [(StepEvent, [Start: Outcome])] = [
        (
            .write(operation: "p"),
            [.running: (.running, "writes+1", "proceed"), .wrote: (.running, "writes+1", "proceed")]
        ),
        (
            .unwritten,
            [.wrote: (.running, "writes-1", "proceed"), .unwinding: (.unwinding, "writes-1", "proceed")]
        ),
        (
            .doubt(error: "x", operation: nil, traceID: nil),
            [
                .running: (.unwinding, "doubt", "unwind"), .wrote: (.unwinding, "doubt", "unwind"),
                .unwinding: (.unwinding, nil, "unwind"), .unwindingWithoutWrites: (.unwinding, nil, "unwind"),
            ]
        ),
        (
            .ended(result: "2"),
            [
                .running: (.done, "end 2", "finish 2"), .wrote: (.done, "end 2", "finish 2"),
                .unwinding: (.settling, nil, "settle"), .unwindingWithoutWrites: (.settling, nil, "settle"),
            ]
        ),
        (
            .failed(error: "x", traceID: nil),
            [
                .running: (.failed, "failure", "fail"), .wrote: (.settling, "doubt", "settle"),
                .unwinding: (.settling, nil, "settle"), .unwindingWithoutWrites: (.settling, nil, "settle"),
            ]
        ),
        (.retried, [.failed: (.running, "begin 2", "run 2")]),
        (.verified(result: "3"), [.settling: (.done, "end 3", "finish 3")]),
        (.verified(result: nil), [.settling: (.running, "begin 2", "run 2")]),
        (.unverified, [.settling: (.stopped, nil, "stop")]),
        (.woke, [.waiting: (.done, "end null", "finish null")]),
        (
            .left,
            [
                .running: (.left, nil, "proceed"), .wrote: (.left, nil, "proceed"),
                .unwinding: (.left, nil, "proceed"), .unwindingWithoutWrites: (.left, nil, "proceed"),
                .settling: (.left, nil, "proceed"), .waiting: (.left, nil, "proceed"),
                .failed: (.failed, nil, "proceed"), .stopped: (.stopped, nil, "proceed"),
                .left: (.left, nil, "proceed"), .done: (.done, nil, "proceed"),
            ]
        ),
    ]

    @Test("Each event in each phase has one outcome or one error", arguments: Start.allCases)
    func everyEvent(start: Start) throws {
        for (event, outcomes) in Self.events {
            var life = try start.life()
            let before = life
            guard let expected = outcomes[start] else {
                #expect(throws: FlowStepsError.unexpected(life.row.key, life.phase, event.name)) {
                    try life.apply(event, at: 60)
                }
                #expect(life == before, "an error changes nothing: \(event)")
                continue
            }
            let transition = try life.apply(event, at: 60)
            #expect(life.phase == expected.phase, "\(event)")
            #expect(transition.entry.map(Self.name) == expected.entry, "\(event)")
            #expect(Self.name(transition.action) == expected.action, "\(event)")
            var row = before.row
            if let entry = transition.entry { row.apply(entry) }
            #expect(life.row == row, "the row is what the entries make of it: \(event)")
            #expect(transition.key == row.key)
        }
    }

    @Test(
        "A step of an earlier run goes on by what the journal has of it",
        arguments: [
            (StepState.done, 0, nil, StepPhase.done, nil, "finish \"a\""),
            (.done, 2, nil, .done, nil, "finish \"a\""),
            (.started, 0, nil, .running, "begin 4", "run 4"),
            (.started, 1, nil, .settling, "doubt", "settle"),
            (.doubt, 0, nil, .settling, nil, "settle"),
            (.doubt, 1, nil, .settling, nil, "settle"),
            (.started, 0, 99.0, .waiting, nil, "wait 99.0"),
        ] as [(StepState, Int, Double?, StepPhase, String?, String)])
    func resumed(
        state: StepState, writes: Int, wakeAt: Double?, phase: StepPhase, entry: String?, action: String
    ) throws {
        let found = try row("a", state, writes: writes, attempt: 3, wakeAt: wakeAt)
        let (life, transition) = StepLife.resume(found, at: 20)
        #expect(life.phase == phase)
        #expect(transition.entry.map(Self.name) == entry)
        #expect(Self.name(transition.action) == action)
    }

    @Test func aSleepWaitsUntilItsTimeHasComeAndNotLonger() throws {
        var (life, transition) = StepLife.begin(try stepKey("s"), position: 0, wakeAt: 50, at: 10)
        #expect(transition.action == .wait(until: 50))
        #expect(try life.apply(.woke, at: 49.9).action == .wait(until: 50))
        #expect(try life.apply(.woke, at: 50).action == .finish(result: "null"))
    }

    @Test func aResultThatIsTooLongChangesNothing() throws {
        var life = try Start.wrote.life()
        let result = String(repeating: "1", count: FlowLimits.textBytes + 1)
        let error = try #require(
            #expect(throws: FlowLimitError.self) { try life.apply(.ended(result: result), at: 20) })
        #expect("\(error)".contains("step \"a\" has 1048577 bytes"))
        #expect(life.phase == .running)
        #expect(try life.apply(.ended(result: String(result.dropLast())), at: 20).entry != nil)
    }

    /// What a second run needs, and no more: writes of an attempt that provably did nothing are forgotten.
    @Test func anAttemptThatIsRunAgainStartsWithoutWrites() throws {
        var life = try Start.settling.life()
        #expect(life.row.writes == 1)
        _ = try life.apply(.verified(result: nil), at: 30)
        #expect(life.row.writes == 0 && life.row.attempt == 2 && life.row.state == .started)
        _ = try life.apply(.failed(error: "x", traceID: nil), at: 30)
        #expect(life.phase == .failed)
    }

    private static func name(_ entry: StepEntry) -> String {
        switch entry {
        case .begin(_, let attempt, _, _): "begin \(attempt)"
        case .answer(let call): "answer \(call.outcome.rawValue)"
        case .writes(let change, _): change > 0 ? "writes+\(change)" : "writes\(change)"
        case .end(let result, _): "end \(result)"
        case .doubt: "doubt"
        case .failure: "failure"
        }
    }

    private static func name(_ action: StepAction) -> String {
        switch action {
        case .finish(let result): "finish \(result)"
        case .run(let attempt): "run \(attempt)"
        case .settle: "settle"
        case .wait(let until): "wait \(until)"
        case .unwind: "unwind"
        case .fail: "fail"
        case .stop: "stop"
        case .proceed: "proceed"
        }
    }
}
