import Fuzzing
import Testing

@testable import C8Flow

@Suite struct DuplicateFinderTests {
    /// The duplicates of rows by the plainest means: line, and line of the first.
    private func expected(_ rows: [String]) -> [Int: Int] {
        var firsts: [String: Int] = [:]
        var found: [Int: Int] = [:]
        for (index, row) in rows.enumerated() {
            if let first = firsts[row] { found[index + 1] = first } else { firsts[row] = index + 1 }
        }
        return found
    }

    private func found(_ rows: [String], _ sieve: DuplicateSieve) throws -> (found: [Int: Int], reads: Int, bytes: Int)
    {
        var sieve = sieve
        var bytes = 0
        var reads = 0
        repeat {
            for row in rows { try lend(row) { (key) throws(DuplicateError) in try sieve.note(key) } }
            bytes = max(bytes, sieve.bytes)
            reads += 1
        } while try sieve.endPass()
        var finder = sieve.finder()
        var found: [Int: Int] = [:]
        for (index, row) in rows.enumerated() { found[index + 1] = lend(row) { finder.look(at: $0, line: index + 1) } }
        #expect(finder.duplicates == found.count)
        return (found, reads, max(bytes, finder.bytes))
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func theSameDuplicatesAreFoundAsByComparingAllRows(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let values = 1 + generator.number(below: 400)
        let rows = (0..<generator.number(below: 600)).map { _ in
            String(repeating: "0", count: generator.number(below: 3)) + String(generator.number(below: values))
        }
        let estimate = generator.pick([1, rows.count, 100_000])
        let sieve = DuplicateSieve(DuplicatePlan(rows: estimate), seed: (seed, generator.next()))
        #expect(try found(rows, sieve).found == expected(rows))
    }

    @Test func whatIsFoundDoesNotDependOnTheSeed() throws {
        let rows = (0..<3000).map { String($0 * $0 % 2111) }
        let plan = DuplicatePlan(rows: 3000)
        let results = try [(1, 2), (3, 4), (5, 6)].map { try found(rows, DuplicateSieve(plan, seed: $0)).found }
        #expect(results.allSatisfy { $0 == expected(rows) })
    }

    @Test func aPlanOfSeveralPassesFindsThemAll() throws {
        // A memory below what the plan allows for such rows, by asking for the plan of many more.
        let plan = DuplicatePlan(rows: 2_000_000, memory: DuplicatePlan.leastMemory)
        #expect(plan.passes > 2)
        let rows = (0..<6000).map { String($0 % 5000) }
        let result = try found(rows, DuplicateSieve(plan, seed: (8, 9)))
        #expect(result.found == expected(rows))
        #expect(result.reads == plan.passes)
        #expect(result.bytes <= DuplicatePlan.leastMemory)
    }

    @Test func tooLowAnEstimateCostsOneMoreReadAndNothingElse() throws {
        let rows = (0..<8000).map { String($0 % 7900) }
        let result = try found(rows, DuplicateSieve(DuplicatePlan(rows: 10), seed: (1, 1)))
        #expect(result.found == expected(rows))
        #expect(result.reads == 2)
    }

    @Test func oneValueAMillionTimesOverNeedsNeitherMemoryNorPasses() throws {
        let rows = [String](repeating: "6901234567890", count: 20_000)
        let result = try found(rows, DuplicateSieve(DuplicatePlan(rows: 100), seed: (1, 1)))
        #expect(result.found.count == 19_999)
        #expect(Set(result.found.values) == [1])
        #expect(result.reads == 1)
    }

    @Test func wrongFileIsRefusedWithAdvice() throws {
        let plan = DuplicatePlan(rows: 40_000, memory: DuplicatePlan.leastMemory)
        let rows = (0..<40_000).map { String($0 / 2) }
        let error = #expect(throws: DuplicateError.self) { try found(rows, DuplicateSieve(plan, seed: (1, 1))) }
        #expect(error == .tooMany(limit: plan.maximumCandidates))
        #expect(error?.description.contains("right column") == true)
    }

    struct Size: Sendable {
        let rows: Int
        let passes: Int
    }

    @Test(arguments: [
        Size(rows: 1, passes: 1), Size(rows: 1_000_000, passes: 1), Size(rows: 10_000_000, passes: 1),
        Size(rows: 100_000_000, passes: 12), Size(rows: 1_000_000_000, passes: 239),
    ])
    func tenMillionRowsTakeOnePass(size: Size) {
        let plan = DuplicatePlan(rows: size.rows)
        #expect(plan.passes == size.passes)
        #expect(plan.filterBytes <= 16 << 20)
        #expect(plan.maximumCandidates * 8 * 4 / 3 <= 4 << 20)
    }

    @Test func absurdSizesArePlannedWithoutATrap() {
        for rows in [Int.min, -1, 0, Int.max / 2, Int.max] {
            let plan = DuplicatePlan(rows: rows, memory: rows)
            #expect(plan.passes >= 1)
        }
    }

    struct Rate: Sendable {
        let bits: Int
        let most: Double
    }

    @Test(arguments: [
        Rate(bits: 10, most: 0.02), Rate(bits: 13, most: 0.006), Rate(bits: 16, most: 0.002),
        Rate(bits: 20, most: 0.0009),
    ])
    func filterIsWrongAsRarelyAsThePlanThinks(rate: Rate) {
        let rows = 20_000
        var filter = BlockedFilter(bytes: rows * rate.bits / 8)
        var generator = SeededGenerator(seed: 1)
        filter.insert((0..<rows).map { _ in generator.next() }[...]) { _ in }
        // Inserting in small numbers leaves the filter nearly as it was.
        var wrong = 0
        let probes = (0..<rows / 10).map { _ in generator.next() }
        for _ in 0..<3 {
            var copy = filter
            copy.insert(probes[...]) { _ in wrong += 1 }
            filter = BlockedFilter(bytes: rows * rate.bits / 8)
            filter.insert((0..<rows).map { _ in generator.next() }[...]) { _ in }
        }
        #expect(Double(wrong) / Double(3 * probes.count) <= rate.most)
    }
}
