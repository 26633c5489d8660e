import Fuzzing
import Testing

@testable import C8Flow

@Suite struct RowFilterTests {
    private static let pieces = [
        "a", "0123456789abcdef", "\"", "\\", "\u{7F}", "x", "7", "0123456789ABCDEF0123456789ABCDEF",
    ]

    private static func rows(_ generator: inout SeededGenerator) -> [[UInt8]] {
        let kinds = 1 + generator.number(below: 300)
        let texts = (0..<kinds).map { number in
            Array("\(number % 97)\(generator.text(of: pieces, most: 3))".utf8)
        }
        return (0..<generator.number(below: 900)).map { _ in texts[generator.number(below: kinds)] }
    }

    /// The same rows, lent in blocks of any size up to 256, or one by one.
    private static func parts(
        of rows: [[UInt8]], _ plan: BatchPlan, inBlocks generator: inout SeededGenerator?
    ) throws -> [UploadPart] {
        let memory = rows.map { row in
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: row.count, alignment: 1)
            copy.copyBytes(from: row)
            return UnsafeRawBufferPointer(copy)
        }
        defer { for copy in memory { copy.deallocate() } }
        var blocks: [Range<Int>] = []
        while (blocks.last?.upperBound ?? 0) < rows.count {
            let start = blocks.last?.upperBound ?? 0
            let size = generator?.number(below: 256) ?? 0
            blocks.append(start..<min(rows.count, start + size + 1))
        }
        var sieve = DuplicateSieve(DuplicatePlan(rows: rows.count + 1), seed: (1, 2))
        try memory.withUnsafeBufferPointer { memory in
            repeat {
                for block in blocks {
                    let values = UnsafeBufferPointer(rebasing: memory[block])
                    try generator == nil ? sieve.note(values[0]) : sieve.note(values)
                }
            } while try sieve.endPass()
        }
        var filter = RowFilter(plan, duplicates: .finder(sieve.finder()))
        var parts: [UploadPart] = []
        memory.withUnsafeBufferPointer { memory in
            for block in blocks {
                let values = UnsafeBufferPointer(rebasing: memory[block])
                if generator == nil {
                    filter.add(values[0], line: block.lowerBound + 1)
                } else {
                    filter.add(values, firstLine: block.lowerBound + 1)
                }
            }
        }
        while let part = filter.finish() { parts.append(part) }
        return parts
    }

    @Test func blocksOfRowsMakeTheBatchesThatSingleRowsMake() async throws {
        try await Fuzzing.loop(least: 60) { seed in
            var generator = SeededGenerator(seed: seed)
            let rows = Self.rows(&generator)
            let plan = BatchPlan(
                rows: generator.pick([1, 7, 256, 1000]), bytes: generator.pick([1, 40, 1000, 1 << 20]))
            var (none, some): (SeededGenerator?, SeededGenerator?) = (nil, generator)
            let single = try Self.parts(of: rows, plan, inBlocks: &none)
            let blocks = try Self.parts(of: rows, plan, inBlocks: &some)
            #expect(blocks.compactMap(\.batch) == single.compactMap(\.batch), "seed \(seed)")
            #expect(
                blocks.flatMap { $0.leftOut.map { "\($0)" } } == single.flatMap { $0.leftOut.map { "\($0)" } },
                "seed \(seed)")
            #expect(
                blocks.reduce(0) { $0 + $1.skipped.duplicate } == single.reduce(0) { $0 + $1.skipped.duplicate },
                "seed \(seed)")
        }
    }
}
