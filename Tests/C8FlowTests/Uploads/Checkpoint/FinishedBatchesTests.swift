import Fuzzing
import Testing

@testable import C8Flow

@Suite struct FinishedBatchesTests {
    @Test func markNeverPassesAnUnfinishedBatchInTenThousandOrders() {
        var generator = SeededGenerator(seed: 42)
        for _ in 0..<10_000 {
            let count = 1 + generator.number(below: 12)
            var order = Array(0..<count)
            order.shuffle(using: &generator)
            var finished = FinishedBatches()
            var isFinished = [Bool](repeating: false, count: count + 1)
            for number in order {
                finished.insert(number, Fingerprint(high: 0, low: UInt64(number)))
                isFinished[number] = true
                guard finished.mark == isFinished.firstIndex(of: false) else {
                    Issue.record("mark \(finished.mark) after \(number) of \(order)")
                    return
                }
            }
            guard finished.stretches.count == 1, finished.count == count else {
                Issue.record("not one stretch after \(order)")
                return
            }
        }
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func stretchesAreASetWithSums(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var finished = FinishedBatches()
        var model: Set<Int> = []
        for _ in 0..<60 {
            let number = generator.number(below: 80)
            #expect(finished.insert(number, Fingerprint(high: 1, low: UInt64(number))) == model.insert(number).inserted)
        }
        #expect((0..<80).allSatisfy { finished.contains($0) == model.contains($0) })
        #expect(finished.count == model.count)
        #expect(finished.end == (model.max() ?? -1) + 1)
        for stretch in finished.stretches {
            #expect(!model.contains(stretch.numbers.lowerBound - 1) && !model.contains(stretch.numbers.upperBound))
            #expect(stretch.sum.high == UInt64(stretch.numbers.count))
            #expect(stretch.sum.low == stretch.numbers.reduce(0) { $0 + UInt64($1) })
        }
        #expect(FinishedBatches(finished.stretches) == finished)
    }

    @Test(arguments: [[0..<0], [3..<5, 5..<6], [3..<5, 1..<2], [-1..<1]] as [[Range<Int>]])
    func damagedStretchesAreRefused(numbers: [Range<Int>]) {
        #expect(FinishedBatches(numbers.map { .init(numbers: $0, sum: Fingerprint(high: 0, low: 0)) }) == nil)
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func rowRangesAreASet(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var ranges = RowRanges()
        var model: Set<Int> = []
        for _ in 0..<12 {
            let start = generator.number(below: 60)
            let rows = start..<start + generator.number(below: 8)
            ranges.insert(rows)
            model.formUnion(rows)
        }
        #expect(ranges.count == model.count)
        #expect(Set(ranges.ranges.flatMap { Array($0) }) == model)
        #expect(Set(ranges.gaps(upTo: 50).flatMap { Array($0) }) == Set(0..<50).subtracting(model))
        #expect(RowRanges(ranges.ranges) == ranges)
        #expect(zip(ranges.ranges, ranges.ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
    }

    @Test(arguments: [[0..<0], [2..<4, 3..<5], [2..<4, 0..<1], [-1..<2]] as [[Range<Int>]])
    func damagedRowRangesAreRefused(ranges: [Range<Int>]) {
        #expect(RowRanges(ranges) == nil)
    }
}
