import C8CSV
import Testing

@Suite struct CompressionTests {
    private static let format = CSVFormat.loose.with { $0.encoding = .automatic }

    @Test func packedTableIsReadHoweverItIsCut() throws {
        let packed = try gzip(Array("a,b\nc,码\n".utf8))
        for sizes in splits(packed.count) {
            let outcome = Outcome(packed, Self.format, sizes: sizes)
            #expect(outcome.error == nil && outcome.fields == [["a", "b"], ["c", "码"]], "in pieces of \(sizes)")
        }
    }

    @Test func severalMembersAreOneTable() throws {
        let bytes = try gzip(Array("a,\"".utf8)) + gzip([]) + gzip(Array("b\"\nc,d".utf8)) + [0, 0, 0]
        for sizes in splits(bytes.count) {
            #expect(Outcome(bytes, Self.format, sizes: sizes).fields == [["a", "b"], ["c", "d"]])
        }
    }

    @Test func muchIsUnpackedInBoundedPieces() throws {
        let text = String(repeating: "0123456789abcdef0123456789abcdef\n", count: 300_000)
        let packed = try gzip(Array(text.utf8))
        #expect(packed.count < 100_000)
        var count = 0
        let stream = CSVRowStream(.loose, name: "codes.csv.gz")
        try stream.supply(packed)
        try stream.finish()
        while !stream.isAtEnd {
            count += try stream.forEachRow(limit: 1000) { row in
                if row.field(0)?.count != 32 { Issue.record("row in line \(row.line)") }
            }
        }
        #expect(count == 300_000)
    }

    @Test func cutOffDataGivesItsRowsAndAnError() throws {
        let rows = (0..<2000).map { "\($0 &* 7_919),\($0 &* 104_729)" }
        let packed = try gzip(Array(rows.joined(separator: "\n").utf8))
        for length in [0, 1, 2, 3, 9, 10, 11, 1000, packed.count - 9, packed.count - 8, packed.count - 1] {
            let outcome = Outcome(Array(packed[..<length]), Self.format.with { $0.compression = .gzip }, sizes: [500])
            #expect(outcome.error?.kind == .compression)
            #expect(outcome.error?.description.contains("ends before its end; get or pack the file again") == true)
            let whole = rows.prefix(outcome.rows.count).map { $0.split(separator: ",").map { String($0) } }
            #expect(outcome.fields == whole)
        }
    }

    @Test func damagedDataIsAnError() throws {
        var packed = try gzip(Array("a,b\n".utf8))
        #expect(Outcome(packed + [1], Self.format).error?.kind == .compression)
        packed[packed.count - 6] ^= 1
        let outcome = Outcome(packed, Self.format, name: "t.csv")
        #expect(outcome.fields == [["a", "b"]])
        #expect(outcome.error?.description.hasPrefix("t.csv, line 2: the gzip data is damaged: incorrect data") == true)
    }

    @Test(
        "Files that are no tables are named",
        arguments: [
            ("a.csv.gz", "a,b", "the name ends in .gz, but the bytes are not gzip data"),
            ("a.csv", "PK\u{3}\u{4}x", "this is a zip archive or an Excel workbook, not a table as text"),
        ])
    func noTables(name: String, text: String, expected: String) {
        for sizes in splits(text.utf8.count) {
            let error = Outcome(Array(text.utf8), Self.format, name: name, sizes: sizes).error
            #expect(error?.description.hasPrefix("\(name): \(expected); ") == true)
        }
        let workbook: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]
        #expect(Outcome(workbook, Self.format).error?.kind == .usage)
    }

    @Test func plainTableWithNameOfPackedOneIsReadOnDemand() {
        let outcome = Outcome(Array("a".utf8), Self.format.with { $0.compression = .none }, name: "a.gz")
        #expect(outcome.fields == [["a"]])
    }
}
