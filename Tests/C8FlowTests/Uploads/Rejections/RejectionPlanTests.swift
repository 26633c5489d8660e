import Fuzzing
import Testing

@testable import C8Flow

@Suite struct RejectionPlanTests {
    /// Sends a batch until all rows are settled, as the platform does that rejects what has a bad row.
    private func settle(
        rows: Int, bad: Set<Int>, hasAccepted: Bool = true, code: @escaping (Int) -> Int64 = { _ in 7 }
    ) -> (requests: Int, rejected: Set<Int>, wholesale: Bool) {
        var plan = RejectionPlan(hasAccepted: hasAccepted)
        var waiting = [UploadSlice(batch: 0, rows: 0..<rows)]
        var requests = 0
        var rejected: Set<Int> = []
        while let index = waiting.firstIndex(where: { plan.mayStart($0) }) {
            let slice = waiting.remove(at: index)
            requests += 1
            guard let culprit = slice.rows.first(where: { bad.contains($0) }) else {
                plan.accepted()
                continue
            }
            switch plan.rejected(slice, isWhole: slice.count == rows, code: code(culprit)) {
            case .split(let slices): waiting += slices
            case .row(let row): rejected.insert(row)
            case .rowThenAlone(let row, let next):
                rejected.insert(row)
                let place = waiting.firstIndex { $0.rows.contains(next.rows.lowerBound) }
                let whole = place.map { waiting.remove(at: $0).rows } ?? next.rows
                let before = whole.lowerBound..<next.rows.lowerBound
                waiting += [before, next.rows].filter { !$0.isEmpty }.map { UploadSlice(batch: 0, rows: $0) }
            case .wholesale: return (requests, rejected, true)
            }
        }
        #expect(waiting.isEmpty)
        return (requests, rejected, false)
    }

    /// The smallest whole number that is at least log2.
    private func log2(_ number: Int) -> Int { Int.bitWidth - (number - 1).leadingZeroBitCount }

    @Test(arguments: [2, 3, 7, 64, 100, 1000])
    func oneBadRowCostsAtMostTwoRequestsForEachHalving(rows: Int) {
        for row in Set([0, 1, rows / 2, rows - 2, rows - 1]) {
            for hasAccepted in [true, false] {
                let result = settle(rows: rows, bad: [row], hasAccepted: hasAccepted)
                #expect(result.rejected == [row] && !result.wholesale)
                #expect(result.requests - 1 <= 2 * log2(rows) + (hasAccepted ? 0 : 1))
            }
        }
    }

    @Test func hundredBadRowsInHundredBatchesCostAtMostTwentyOneHundredRequests() {
        var generator = SeededGenerator(seed: 1)
        let extra = (0..<100).reduce(0) { sum, _ in
            sum + settle(rows: 1000, bad: [generator.number(below: 1000)]).requests - 1
        }
        #expect(extra <= 2100)
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func exactlyTheBadRowsAreRejected(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let rows = 2 + generator.number(below: 100)
        let bad = Set((0..<1 + generator.number(below: rows)).map { _ in generator.number(below: rows) })
        let result = settle(rows: rows, bad: bad)
        #expect(result.rejected == bad)
        // Before anything was accepted, with a code of its own for each row, it is no different.
        let careful = settle(rows: rows, bad: bad, hasAccepted: false, code: { Int64($0) })
        #expect(careful.wholesale ? bad.count == rows : careful.rejected == bad)
        #expect(careful.requests <= result.requests + 2 * rows)
    }

    @Test(arguments: [2, 3, 10, 1000])
    func uploadThatIsWrongAsAWholeIsStoppedAfterOnePath(rows: Int) {
        let result = settle(rows: rows, bad: Set(0..<rows), hasAccepted: false)
        #expect(result.wholesale)
        #expect(result.requests <= log2(rows) + 2)
    }

    @Test func badFirstRowAloneIsNotTakenForAWrongUpload() {
        // The header of a file that was read as a row.
        let result = settle(rows: 1000, bad: [0], hasAccepted: false)
        #expect(!result.wholesale && result.rejected == [0])
    }

    @Test func onePathIsFollowedAtATimeWhileNothingWasAccepted() {
        var plan = RejectionPlan()
        let first = plan.rejected(UploadSlice(batch: 0, rows: 0..<8), isWhole: true, code: 5)
        let second = plan.rejected(UploadSlice(batch: 1, rows: 0..<8), isWhole: true, code: 5)
        guard case .split(let mine) = first, case .split(let others) = second else {
            Issue.record("no halves")
            return
        }
        #expect((mine + others).filter { plan.mayStart($0) } == [mine[0]])
        #expect(!plan.mayStart(UploadSlice(batch: 2, rows: 0..<8)))
        plan.accepted()
        #expect((mine + others).allSatisfy { plan.mayStart($0) })
    }

    @Test func givenUpPathFreesTheOthers() {
        var plan = RejectionPlan()
        guard case .split(let halves) = plan.rejected(UploadSlice(batch: 0, rows: 0..<8), isWhole: true, code: 5) else {
            Issue.record("no halves")
            return
        }
        plan.gaveUp(halves[1])
        #expect(!plan.mayStart(halves[1]))
        plan.gaveUp(halves[0])
        #expect(plan.mayStart(halves[1]))
    }

    @Test func batchesOfOneRowAreWrongAsAWholeAfterSixteen() {
        var plan = RejectionPlan()
        let verdicts = (0..<16).map { plan.rejected(UploadSlice(batch: $0, rows: 0..<1), isWhole: true, code: 9) }
        #expect(verdicts == [RejectionPlan.Verdict](repeating: .row(0), count: 15) + [.wholesale(code: 9)])
    }
}
