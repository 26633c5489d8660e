import Fuzzing
import Testing

@testable import C8Flow

@Suite struct BatchBuilderTests {
    @Test func rowsComeOutAsTheyWentIn() {
        let rows = (0..<10).map { "row \($0)" }
        let built = batches(of: rows, BatchPlan(rows: 4))
        #expect(built.map(\.number) == [0, 1, 2])
        #expect(built.map(\.count) == [4, 4, 2])
        #expect(built.flatMap { batch in (0..<batch.count).map { batch.value(at: $0) } } == rows)
        #expect(built.map(\.lines.first) == [1, 5, 9])
        #expect(built[2].identity.lastLine == 10)
    }

    @Test func aBatchOfTooManyBytesIsClosedEarly() {
        let rows = ["aaaa", "bbbb", "cccccccccccc", "d", "e"]
        let built = batches(of: rows, BatchPlan(rows: 10, bytes: 8))
        #expect(
            built.map { batch in (0..<batch.count).map { batch.value(at: $0) } } == [
                ["aaaa", "bbbb"], ["cccccccccccc"], ["d", "e"],
            ])
    }

    @Test func batchesOfOneRowComeAtOnce() {
        #expect(batches(of: ["a", "bbbbbbbbbb", "c"], BatchPlan(rows: 1, bytes: 2)).map(\.count) == [1, 1, 1])
        #expect(batches(of: [], BatchPlan(rows: 1)).isEmpty)
    }

    @Test func valuesOutsideTheBatchAreEmpty() {
        let built = batches(of: ["a"], BatchPlan())
        #expect(built[0].value(at: 1) == "" && built[0].value(at: -1) == "")
        #expect(built[0].lines[5] == 0)
    }

    @Test func numbersStayTheSameInALaterRunThatLeavesOutTheSameRows() {
        // Lines that are a multiple of 3 are left out, as they are invalid; a later run builds anew from line 1.
        func run() -> [BatchIdentity] {
            var builder = BatchBuilder(BatchPlan(rows: 5))
            var built: [BatchIdentity] = []
            for line in 1...100 where line % 3 != 0 {
                if let batch = lend("row \(line)", { builder.add($0, line: line) }) { built.append(batch.identity) }
            }
            if let batch = builder.finish() { built.append(batch.identity) }
            return built
        }
        let first = run()
        #expect(first == run())
        #expect(first.map(\.number) == Array(0..<14))
        #expect(first[1].firstLine == 8)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func linesAreKeptWhateverTheGaps(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var lines = LineNumbers()
        var expected: [Int] = []
        var line = 0
        for _ in 0..<500 {
            line += generator.pick([1, 1, 1, 1, 1, 1, 1, 1 + generator.number(below: 5), 1 << 33])
            lines.append(line)
            expected.append(line)
        }
        #expect(expected.indices.map { lines[$0] } == expected)
        #expect(lines.first == expected.first && lines.last == expected.last)
    }

    @Test func linesThatFollowEachOtherAreOneStretch() {
        var lines = LineNumbers()
        for line in 7..<10_007 { lines.append(line) }
        #expect(lines.stretches == 1)
        #expect(LineNumbers().first == 0 && LineNumbers().last == 0)
    }

    @Test func contentTellsOrderAndWhereRowsEnd() {
        let contents = [["ab", "c"], ["a", "bc"], ["abc"], ["c", "ab"], ["ab", "c", ""], ["", "ab", "c"]].map { rows in
            var hash = ContentHash()
            for row in rows { lend(row) { hash.add($0) } }
            return hash.value
        }
        #expect(Set(contents).count == contents.count)
    }

    @Test func contentIsTheSameInEachVersion() {
        var hash = ContentHash()
        lend("12345678901234567890123456789012") { hash.add($0) }
        #expect(hash.value.description == "7564bd38b9581d40fcb9ad6a4017ace0")
    }

    struct Input: Sendable {
        let input: InputIdentity
        let says: String?
    }

    @Test(arguments: [
        Input(input: InputIdentity(name: "codes.csv", size: 10, modified: 5), says: nil),
        Input(
            input: InputIdentity(name: "other.csv", size: 10, modified: 5),
            says: "the input was codes.csv and is other.csv now"),
        Input(
            input: InputIdentity(name: "codes.csv", size: 11, modified: 5), says: "its size was 10 bytes and is 11 now"),
        Input(input: InputIdentity(name: "codes.csv", size: 10, modified: 6), says: "it was written to since"),
    ])
    func changedInputIsToldInWords(row: Input) {
        let recorded = InputIdentity(name: "codes.csv", size: 10, modified: 5)
        #expect(row.input.difference(from: recorded) == row.says)
    }
}
