import C8CSV
import Testing

@Suite struct WriterTests {
    private func text(
        _ rows: [[String]], separator: Character = ",", lineEnd: CSVWriter.LineEnd = .lf, byteOrderMark: Bool = false
    ) throws -> String {
        let format = try CSVFormat(separator: try #require(separator.asciiValue))
        var writer = try CSVWriter(format, lineEnd: lineEnd, byteOrderMark: byteOrderMark)
        for row in rows { try writer.append(row: row.map { Array($0.utf8) }) }
        let bytes = writer.take()
        #expect(writer.count == 0 && writer.take() == [])
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "Fields are quoted where they need it",
        arguments: [
            (["a", "b c", "码"], "a,b c,码\n"), (["a,b", ";"], "\"a,b\",;\n"), (["a\"b", "\""], "\"a\"\"b\",\"\"\"\"\n"),
            (["a\nb", "\r"], "\"a\nb\",\"\r\"\n"), ([" a", "b\t", " "], "\" a\",\"b\t\",\" \"\n"),
            (["", ""], ",\n"), ([""], "\"\"\n"), ([], "\"\"\n"), (["", "a"], ",a\n"), (["=1+1", "-1"], "=1+1,-1\n"),
            (["\u{FEFF}a"], "\"\u{FEFF}a\"\n"),
        ] as [([String], String)])
    func quotes(row: [String], expected: String) throws {
        #expect(try text([row]).utf8.elementsEqual(expected.utf8))
        #expect(try text([["x"], row]).utf8.elementsEqual(("x\n" + expected).utf8))
    }

    @Test func formatIsKept() throws {
        #expect(try text([["a;b", "c,d"]], separator: ";") == "\"a;b\";c,d\n")
        #expect(try text([["a"], ["b"]], lineEnd: .crlf) == "a\r\nb\r\n")
        #expect(Array(try text([["a"]], byteOrderMark: true).utf8) == [0xEF, 0xBB, 0xBF, 0x61, 0x0A])
    }

    @Test func gb18030IsWritten() throws {
        var writer = try CSVWriter(byteOrderMark: true, encoding: .gb18030)
        try writer.append(row: ["编码", "𠀀,"].map { Array($0.utf8) })
        #expect(writer.take() == [0xB1, 0xE0, 0xC2, 0xEB, 0x2C, 0x22, 0x95, 0x32, 0x82, 0x36, 0x2C, 0x22, 0x0A])
    }

    @Test(
        "Fields that are no text are refused and leave no trace",
        arguments: [
            ([0x61, 0xFF], "line 2, field 2: a field to write is not UTF-8; "),
            ([0x61, 0x00], "line 2, field 2: a field to write holds a NUL byte; "),
        ] as [([UInt8], String)])
    func noText(field: [UInt8], expected: String) throws {
        for encoding in CSVWriter.Encoding.allCases {
            var writer = try CSVWriter(encoding: encoding)
            try writer.append(row: [[0x61]])
            try writer.append(field: [0x62])
            do {
                try writer.append(field: field)
                Issue.record("expected an error")
            } catch {
                #expect(error.description.hasPrefix(expected))
            }
            try writer.append(field: [0x63])
            try writer.endRow()
            #expect(writer.take() == Array("a\nb,c\n".utf8))
        }
    }
}
