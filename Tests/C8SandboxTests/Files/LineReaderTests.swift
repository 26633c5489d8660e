import C8Sandbox
import Testing

@Suite struct LineReaderTests {
    private func lines(_ text: String, longest: Int = 1 << 20) throws -> [String] {
        let folder = try DoorFolder()
        try folder.file("inside/lines", text)
        let reader = LineReader(try folder.door().openForReading("inside/lines"), longest: longest)
        var lines: [String] = []
        while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
        #expect(try reader.next() == nil)
        return lines
    }

    @Test(
        arguments: [
            ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("\n\n", ["", ""]),
            ("a\r\nb\0c\n", ["a\r", "b\0c"]),
        ] as [(String, [String])])
    func linesAreRead(text: String, expected: [String]) throws {
        #expect(try lines(text) == expected)
    }

    @Test func longFileIsReadInPieces() throws {
        let expected = (0..<30_000).map { "line \($0) " + String(repeating: "x", count: $0 % 97) }
        #expect(try lines(expected.joined(separator: "\n") + "\n") == expected)
    }

    @Test func lineLengthIsBounded() throws {
        #expect(try lines("12345\n12345", longest: 5) == ["12345", "12345"])
        for text in ["123456\n", "123456", String(repeating: "x", count: 300_000)] {
            #expect(outcome { _ = try lines(text, longest: 5) } == "limit")
        }
    }

    @Test func closedReaderGivesItsFileBack() throws {
        let folder = try DoorFolder()
        let door = folder.door()
        let readers = try (0..<64).map { _ in
            LineReader(try door.openForReading("inside/a.txt"), longest: 100)
        }
        #expect(outcome { _ = try door.openForReading("inside/a.txt") } == "limit")
        readers[0].close()
        #expect(try readers[0].next() == nil)
        #expect(throws: Never.self) { try door.openForReading("inside/a.txt") }
        #expect(try readers[1].next() == Array("inside".utf8))
    }
}
