import Fuzzing
import Testing

@testable import C8Flow

@Suite struct ExactDuplicateSetTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func theSameDuplicatesAreFoundAsByADictionary(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var set = ExactDuplicateSet(seed: (seed, seed))
        var firsts: [Int: Int] = [:]
        let values = 1 + generator.number(below: 1500)
        for line in 1...1000 {
            let value = generator.number(below: values)
            let answer = lend(String(value)) { set.look(at: $0, line: line) }
            #expect(answer == (firsts[value].map { .duplicate(of: $0) } ?? .first))
            if firsts[value] == nil { firsts[value] = line }
        }
        #expect(set.count == firsts.count)
        #expect(set.duplicates == 1000 - firsts.count)
    }

    @Test func beyondTheBoundDuplicatesOfKeptRowsAreStillFound() {
        var set = ExactDuplicateSet(maximumRows: 3, seed: (1, 2))
        let answers = ["a", "b", "c", "d", "d", "b"].enumerated().map { index, row in
            lend(row) { set.look(at: $0, line: index + 1) }
        }
        #expect(answers == [.first, .first, .first, .notKept, .notKept, .duplicate(of: 2)])
        #expect(set.notKept == 2)
    }

    @Test func aSetForNoRowsKeepsNone() {
        var set = ExactDuplicateSet(maximumRows: 0, seed: (1, 2))
        #expect(lend("a") { set.look(at: $0, line: 1) } == .notKept)
        #expect(set.bytes == 0)
    }

    @Test func aRowTakesNotMuchMoreThanSixteenBytes() {
        var set = ExactDuplicateSet(seed: (1, 2))
        let rows = 60_000
        for line in 1...rows { _ = lend(String(line)) { set.look(at: $0, line: line) } }
        #expect(set.bytes <= rows * 25)
    }

    @Test func hugeLinesAreToldAsTheLargest() {
        var set = ExactDuplicateSet(seed: (1, 2))
        _ = lend("a") { set.look(at: $0, line: 1 << 40) }
        #expect(lend("a") { set.look(at: $0, line: 1 << 41) } == .duplicate(of: Int(UInt32.max)))
    }
}
