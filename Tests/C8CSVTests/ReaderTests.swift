import C8CSV
import Testing

@Suite struct ReaderTests {
    private struct Broken: Error, Equatable {}

    private func reader(_ text: String, _ format: CSVFormat = .standard, piece: Int = 3) -> CSVReader {
        var rest = Array(text.utf8)[...]
        return CSVReader(format, name: "codes.csv") { room in
            let next = rest.prefix(piece)
            rest = rest.dropFirst(piece)
            room.copyBytes(from: next)
            return next.count
        }
    }

    private func message(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func rowsFollowTheHeader() throws {
        let reader = reader("code,name\n1,a\n2,b\n3,c\n")
        #expect(try reader.header().names == ["code", "name"])
        #expect(try reader.nextRows(2).map(\.fields) == [["1", "a"], ["2", "b"]])
        try reader.select(["name"])
        #expect(try reader.nextRows(2) == reader.nextRows(0) + [record(4, ["c"])])
        #expect(try reader.nextRows(2) == [])
    }

    private func record(_ line: Int, _ fields: [String]) throws -> CSVRecord {
        let text = String(repeating: "\n", count: line - 1) + fields.joined(separator: ",")
        return try #require(Outcome.rows(text).rows.first)
    }

    @Test func selectionMayChangeWithinAPieceAndARow() throws {
        let stream = CSVRowStream(.standard)
        try stream.supply(Array("a,b\n1,2\n3,\"".utf8))
        try stream.select(["a"])
        let first = try stream.forEachRow { #expect($0.text(0) == "1") }
        try stream.select(["b", "a"])
        try stream.supply(Array("4\"\n".utf8))
        try stream.finish()
        let second = try stream.forEachRow { #expect($0.text(0) == "4" && $0.text(1) == "3" && $0.width == 2) }
        #expect(first == 1 && second == 1 && stream.isAtEnd)
    }

    @Test func headerWaitsForItsEnd() throws {
        let stream = CSVRowStream(.standard)
        try stream.supply(Array("code".utf8))
        #expect(try stream.header() == nil)
        #expect(try stream.forEachRow { _ in } == 0)
        #expect(throws: CSVError.self) { try stream.select(["code"]) }
        try stream.supply(Array(",x\n".utf8))
        #expect(try stream.header()?.names == ["code", "x"])
    }

    @Test func emptyTableHasNoColumns() throws {
        for text in ["", "\n\r\n"] {
            #expect(try reader(text).header().names == [])
            #expect(try reader(text).nextRows(5) == [])
            #expect(
                message { try reader(text).select(["code"]) }
                    == "codes.csv: there is no column code: the table is empty; "
                    + "give a table whose first row holds the names of the columns")
        }
    }

    @Test func columnWithoutNameIsCalledByItsPlace() throws {
        #expect(try reader("a,,\" b\",\n").header().names == ["a", "column 2", " b", "column 4"])
    }

    @Test(
        "Errors of header and shape say what to do",
        arguments: [
            (
                "a,b,a\n",
                "codes.csv, line 1, field 3: columns 1 and 3 have the same name: a; "
                    + "name them differently, or read the table without a header"
            ),
            (
                "a,b\n1,2\n\n3\n",
                "codes.csv, line 4: the row has 1 field, but the header has 2; "
                    + "look for a separator too many or too few, or allow ragged rows"
            ),
            (
                "a\n1,2\n",
                "codes.csv, line 2: the row has 2 fields, but the header has 1; "
                    + "look for a separator too many or too few, or allow ragged rows"
            ),
        ])
    func errors(text: String, expected: String) {
        let reader = reader(text)
        #expect(message { _ = try reader.nextRows(9) } == expected)
        #expect(message { _ = try reader.nextRows(9) } == expected, "and once more")
    }

    @Test(
        "A column that is not there is answered with those that are",
        arguments: [
            ("Code", "did you mean code? "), ("amuont", "did you mean amount? "), ("编吗", "did you mean 编码? "),
            ("x", ""),
            ("unit_price", "did you mean Unit Price? "),
        ])
    func unknownColumn(name: String, hint: String) {
        let reader = reader("code,amount,编码号,Unit Price,编码\n")
        #expect(
            message { try reader.select([name]) } == "codes.csv: there is no column \(name); "
                + "\(hint)The columns are: code, amount, 编码号, Unit Price, 编码")
    }

    @Test func columnsByPlaceAreChecked() throws {
        let expected = "there is no column 3: the table has 2 fields in a row; "
        #expect(message { _ = try reader("a,b\n").columns([2]).header() }?.contains(expected) == true)
        let bare = CSVFormat.standard.with { $0.header = false }
        #expect(message { _ = try reader("\na,b\n", bare).columns([2]).nextRows(1) }?.contains(expected) == true)
        #expect(try reader("a,b\nc,d", bare).columns([1]).nextRows(9).map(\.fields) == [["b"], ["d"]])
        #expect(try reader("a,b\nc,d").columns([1]).nextRows(9).map(\.fields) == [["d"]])
        #expect(message { _ = try reader("a", bare).header() }?.contains("read without a header") == true)
    }

    @Test func rowsWithoutHeaderAreAsLongAsTheFirst() throws {
        let bare = CSVFormat.standard.with { $0.header = false }
        #expect(
            message { _ = try reader("a,b\nc", bare).nextRows(9) }?
                .contains("line 2: the row has 1 field, but the first row has 2") == true)
    }

    @Test func raggedRowsAreGivenWhenAllowed() throws {
        let reader = reader("a,b\n1\n1,2,3\n", .standard.with { $0.ragged = true })
        #expect(try reader.nextRows(9).map(\.fields) == [["1"], ["1", "2", "3"]])
        let selected = self.reader("a,b\n1\n1,2,3\n", .standard.with { $0.ragged = true })
        try selected.select(["b"])
        #expect(try selected.nextRows(9).map(\.fields) == [[nil], ["2"]])
    }

    @Test func errorOfTheCallerPassesThrough() throws {
        let reader = reader("a\n1\n2\n")
        #expect(throws: Broken()) { try reader.forEachRow { _ in throw Broken() } }
        let failing = CSVReader { _ in throw Broken() }
        #expect(throws: Broken()) { try failing.header() }
    }

    @Test func useDuringACallIsRefused() throws {
        let stream = CSVRowStream(.standard)
        try stream.supply(Array("a\n1\n2\n".utf8))
        try stream.forEachRow { _ in
            #expect(throws: CSVError.self) { try stream.supply([0x61]) }
            #expect(throws: CSVError.self) { try stream.finish() }
            #expect(throws: CSVError.self) { try stream.forEachRow { _ in } }
            #expect(throws: CSVError.self) { try stream.select(columns: [0]) }
        }
    }

    @Test func longFieldsAndRowsPassThrough() throws {
        let long = String(repeating: "x\"\"\n", count: 200_000)
        let reader = reader("a,b\n\"\(long)\",\"\(long)\"\n1,2\n", piece: 65_536)
        let rows = try reader.nextRows(9)
        let content = String(repeating: "x\"\n", count: 200_000)
        #expect(rows.map(\.fields) == [[content, content], ["1", "2"]])
        #expect(rows.map(\.line) == [2, 400_003])
    }

    @Test func manyRowsArePulledOneByOne() throws {
        let reader = reader("a\n" + (0..<20_000).map { "\($0)\r\n" }.joined(), piece: 65_536)
        var sum = 0
        while try reader.forEachRow(limit: 1, { sum += $0.text(0).flatMap { Int($0) } ?? 0 }) == 1 {}
        #expect(sum == 199_990_000)
    }
}

extension CSVReader {
    fileprivate func columns(_ columns: [Int]) throws -> CSVReader {
        try select(columns: columns)
        return self
    }
}
