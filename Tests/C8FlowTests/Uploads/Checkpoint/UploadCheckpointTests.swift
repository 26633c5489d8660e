import C8Platform
import Testing

@testable import C8Flow

@Suite struct UploadCheckpointTests {
    private static let input = InputIdentity(name: "codes.csv", size: 100, modified: 5)

    /// With some of everything.
    private static let checkpoint: UploadCheckpoint = {
        var checkpoint = UploadCheckpoint(input: input, plan: BatchPlan(rows: 10, selection: "column code"))
        for number in [0, 1, 2, 5] {
            let identity = BatchIdentity(
                number: number, firstLine: number * 10 + 1, lastLine: number * 10 + 10, rows: 10,
                content: Fingerprint(high: UInt64(number), low: .max))
            checkpoint.begin(UploadSlice(batch: number, rows: 0..<5), of: identity, isDoubtful: true)
            checkpoint.begin(UploadSlice(batch: number, rows: 5..<10), of: identity, isDoubtful: true)
            checkpoint.settle(UploadSlice(batch: number, rows: 0..<5), BatchAnswer(accepted: 4, rejected: 1))
            if number != 2 { checkpoint.settle(UploadSlice(batch: number, rows: 5..<10), .accepted(5)) }
        }
        checkpoint.summary.seconds = 1.5
        checkpoint.sentAt = 1234.5
        return checkpoint
    }()

    @Test func checkpointIsReadBackAsItWas() throws {
        let bytes = try JSONBytes(Self.checkpoint.json)
        #expect(try UploadCheckpoint(bytes.value()) == Self.checkpoint)
        #expect(bytes.bytes.count < 1000)
    }

    @Test func markStopsAtTheOpenBatch() {
        #expect(Self.checkpoint.finished.mark == 2)
        #expect(Self.checkpoint.finished.contains(5))
        #expect(Self.checkpoint.inDoubt == [UploadSlice(batch: 2, rows: 5..<10)])
        #expect(Self.checkpoint.summary.sent == 35 && Self.checkpoint.summary.batches == 3)
    }

    @Test func operatorSettlesWhatIsInDoubt() {
        let slice = UploadSlice(batch: 2, rows: 5..<10)
        var happened = Self.checkpoint
        happened.resolve(slice, happened: true)
        #expect(happened.finished.mark == 3 && happened.open.isEmpty)
        #expect(happened.summary.accepted == Self.checkpoint.summary.accepted + 5)
        var not = Self.checkpoint
        not.resolve(slice, happened: false)
        #expect(not.inDoubt.isEmpty && not.open[2]?.settled.ranges == [0..<5])
        var stranger = Self.checkpoint
        stranger.resolve(UploadSlice(batch: 2, rows: 0..<10), happened: true)
        #expect(stranger == Self.checkpoint)
    }

    @Test func sameInputAndPlanMayGoOn() throws {
        try Self.checkpoint.check(input: Self.input, plan: Self.checkpoint.plan)
    }

    @Test func otherInputOrPlanIsRefusedWithAdvice() {
        let changed = InputIdentity(name: "codes.csv", size: 101, modified: 5)
        let input = #expect(throws: UploadError.self) {
            try Self.checkpoint.check(input: changed, plan: Self.checkpoint.plan)
        }
        #expect(
            input?.description.hasPrefix("codes.csv changed since the upload of it began: its size was 100 bytes")
                == true)
        let plan = #expect(throws: UploadError.self) {
            try Self.checkpoint.check(input: Self.input, plan: BatchPlan(rows: 20))
        }
        #expect(plan?.description.contains("began with batches of 10 rows (column code)") == true)
    }

    @Test(arguments: ["0", "9", "x", ",", "-"])
    func everyDamageIsAnErrorAndNoTrap(replacement: String) throws {
        let bytes = try JSONBytes(Self.checkpoint.json).bytes
        for place in bytes.indices {
            var damaged = bytes
            damaged.replaceSubrange(place...place, with: replacement.utf8)
            guard let json = try? JSONParser.parse(damaged) else { continue }
            do throws(UploadError) {
                _ = try UploadCheckpoint(json)
            } catch {
                guard case .damaged = error else {
                    Issue.record("\(error)")
                    return
                }
            }
        }
    }

    @Test(
        arguments: [
            [:], ["version": 2], nil, ["version": 1, "input": 5], ["version": 1, "input": ["name": "a"], "plan": []],
        ] as [JSONValue])
    func foreignValuesAreNoCheckpoints(json: JSONValue) {
        #expect(throws: UploadError.self) { try UploadCheckpoint(json) }
    }
}
