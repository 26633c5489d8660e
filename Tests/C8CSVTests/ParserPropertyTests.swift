import C8CSV
import Fuzzing
import Testing

/// Statements that hold for all texts, tried on many.
@Suite struct ParserPropertyTests {
    private static let pieces = [
        "a", "bc", "0123456789abcdef", ",", ",", "\"", "\"", "\"\"", "\"a\"", ",\"", "\",", "\n", "\"\n", "\r", "\r\n",
        " ",
        "\t", "é", "码", "𠀀", "\u{1}", "\u{D}\u{A}\u{A}",
    ]

    private static func table(_ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(generator.text(of: pieces, most: 40).utf8)
        if bytes.count > 2, generator.number(below: 4) == 0 {
            bytes[generator.number(below: bytes.count)] = generator.pick([0, 0xFF, 0x80, 0xC3, 0xE7, 0x0A])
        }
        return bytes
    }

    private static func sizes(_ count: Int, _ generator: inout SeededGenerator) -> [Int] {
        let most = generator.pick([1, 2, 7, 40])
        return (0..<count).map { _ in generator.number(below: most) + 1 }
    }

    @Test func parserAndReferenceAgreeHoweverTheTextIsCut() async throws {
        try await Fuzzing.loop(least: 3_000) { seed in
            var generator = SeededGenerator(seed: seed)
            let bytes = Self.table(&generator)
            let isTight = generator.number(below: 2) == 0
            let format = try CSVFormat(
                header: false, encoding: .utf8, compression: .none, ragged: true,
                maximumField: isTight ? 12 : 1000, maximumFields: isTight ? 4 : 100, maximumRow: isTight ? 30 : 1000)
            var reference = ReferenceParser(bytes, format)
            let (rows, failure) = reference.parse()
            let outcome = Outcome(
                bytes, format, sizes: Self.sizes(bytes.count, &generator),
                limit: generator.pick([1, 2, 5, .max]))
            #expect(outcome.lines == rows.map(\.line), "seed \(seed)")
            #expect(
                outcome.fields == rows.map { $0.fields.map { String(decoding: $0, as: UTF8.self) } }, "seed \(seed)")
            #expect(outcome.error?.kind == failure?.kind, "seed \(seed)")
            #expect(outcome.error?.line == failure?.line && outcome.error?.column == failure?.column, "seed \(seed)")
        }
    }

    @Test func projectionGivesWhatTheWholeRowHas() async {
        await Fuzzing.loop(least: 1_000) { seed in
            var generator = SeededGenerator(seed: seed)
            let bytes = Array(generator.text(of: Self.pieces, most: 40).utf8)
            let columns = (0..<generator.number(below: 4)).map { _ in generator.number(below: 5) }
            let all = Outcome(bytes, .loose)
            let some = Outcome(bytes, .loose, sizes: Self.sizes(bytes.count, &generator), select: columns)
            let picked = all.fields.map { row in columns.map { $0 < row.count ? row[$0] : nil } }
            #expect(some.fields == picked, "seed \(seed)")
            #expect(some.lines == all.lines && some.error == all.error, "seed \(seed)")
        }
    }

    @Test func blocksGiveWhatRowsGive() async throws {
        try await Fuzzing.loop(least: 3_000) { seed in
            var generator = SeededGenerator(seed: seed)
            // Rows that are plain, with others among them.
            var bytes: [UInt8] = []
            for _ in 0..<generator.number(below: 12) {
                switch generator.number(below: 8) {
                case 0: bytes += Self.table(&generator)
                default:
                    let fields = (0..<generator.number(below: 3) + 1).map { _ in
                        String(repeating: "0123456789abcdef", count: generator.number(below: 3))
                            + generator.pick(["x", "\t", "é", ""])
                    }
                    bytes += fields.joined(separator: ",").utf8
                }
                bytes += generator.pick(["\n", "\n", "\n", "\r\n", "\r", "\n\n", "\r\n\n"]).utf8
            }
            let isTight = generator.number(below: 3) == 0
            let format = try CSVFormat(
                header: generator.number(below: 2) == 0, ragged: generator.number(below: 2) == 0,
                maximumField: isTight ? 20 : 1000, maximumFields: isTight ? 2 : 100, maximumRow: isTight ? 40 : 1000)
            let column = generator.number(below: 3)
            let rows = Outcome(bytes, format, select: [column])
            let blocks = Outcome(
                bytes, format, sizes: Self.sizes(bytes.count, &generator), select: [column],
                limit: generator.pick([1, 3, 40, .max]), byBlocks: true)
            #expect(blocks.fields == rows.fields && blocks.lines == rows.lines, "seed \(seed)")
            #expect(blocks.error == rows.error, "seed \(seed)")
            let whole = Outcome(bytes, format, select: [column], byBlocks: true)
            #expect(whole == rows, "seed \(seed)")
        }
    }

    @Test func whatIsWrittenIsReadBack() async throws {
        try await Fuzzing.loop(least: 1_000) { seed in
            var generator = SeededGenerator(seed: seed)
            let rows = (0..<generator.number(below: 6)).map { _ in
                (0..<generator.number(below: 4) + 1).map { _ in generator.text(of: Self.pieces + ["\u{FEFF}"], most: 4)
                }
            }
            let encoding = generator.pick(CSVWriter.Encoding.allCases)
            let format = try CSVFormat(
                separator: generator.pick(Array(",;\t| ".utf8)), header: false,
                encoding: encoding == .gb18030 ? .gb18030 : generator.pick([.utf8, .automatic]), ragged: true)
            var writer = try CSVWriter(
                format, lineEnd: generator.pick(CSVWriter.LineEnd.allCases), byteOrderMark: seed % 2 == 0,
                encoding: encoding)
            for row in rows { try writer.append(row: row.map { Array($0.utf8) }) }
            let bytes = writer.take()
            let outcome = Outcome(bytes, format, sizes: Self.sizes(bytes.count, &generator))
            #expect(outcome.error == nil, "seed \(seed)")
            #expect(outcome.fields == rows, "seed \(seed)")
        }
    }

    /// Whatever the bytes are, reading ends, with an error or without, and it does not matter how they are cut.
    @Test func noBytesBreakTheReader() async throws {
        try await Fuzzing.loop(least: 1_000) { seed in
            var generator = SeededGenerator(seed: seed)
            var bytes = Self.table(&generator)
            if generator.number(below: 2) == 0 { bytes = try gzip(bytes) }
            for _ in 0..<generator.number(below: 4) where !bytes.isEmpty {
                bytes[generator.number(below: bytes.count)] = UInt8(truncatingIfNeeded: generator.next())
            }
            bytes.removeLast(generator.number(below: 3) % (bytes.count + 1))
            let format = CSVFormat.loose.with { $0.encoding = generator.pick(CSVEncoding.allCases) }
            let whole = Outcome(bytes, format)
            let cut = Outcome(bytes, format, sizes: Self.sizes(bytes.count, &generator), limit: 3)
            #expect(whole == cut, "seed \(seed)")
        }
    }
}
