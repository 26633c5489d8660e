import C8CSV
import Testing

@Suite struct EncodingTests {
    private static let format = CSVFormat.loose.with { $0.encoding = .automatic }
    /// 编码,名称 / 一,𠀀é in GB18030, where é has four bytes and 𠀀, too.
    private static let chinese: [UInt8] =
        [0xB1, 0xE0, 0xC2, 0xEB, 0x2C, 0xC3, 0xFB, 0xB3, 0xC6, 0x0A]
        + [0xD2, 0xBB, 0x2C, 0x95, 0x32, 0x82, 0x36, 0xA8, 0xA6]
    private static let rows = [["编码", "名称"], ["一", "𠀀é"]]

    @Test("GB18030 is found out and read however it is cut", arguments: [CSVEncoding.automatic, .gb18030])
    func gb18030(encoding: CSVEncoding) {
        for sizes in splits(Self.chinese.count) {
            let outcome = Outcome(Self.chinese, Self.format.with { $0.encoding = encoding }, sizes: sizes)
            #expect(outcome.error == nil && outcome.fields == Self.rows, "in pieces of \(sizes)")
        }
    }

    @Test func utf8IsFoundOut() {
        let text = Array("编码,名称\n一,𠀀é".utf8)
        for sizes in splits(text.count) { #expect(Outcome(text, Self.format, sizes: sizes).fields == Self.rows) }
    }

    @Test("The byte order mark is dropped", arguments: ["", "a", "编码,x\n", "\"a,\"\n\n", "é\u{FEFF}"])
    func mark(text: String) {
        for encoding in [CSVEncoding.automatic, .utf8] {
            let format = Self.format.with { $0.encoding = encoding }
            let (plain, bytes) = (Outcome.rows(text), [0xEF, 0xBB, 0xBF] + Array(text.utf8))
            for sizes in splits(bytes.count) { #expect(Outcome(bytes, format, sizes: sizes) == plain) }
        }
        let marked = [0x84, 0x31, 0x95, 0x33] + Self.chinese
        #expect(Outcome(marked, Self.format.with { $0.encoding = .gb18030 }).fields == Self.rows)
    }

    @Test("UTF-16 with its mark is read", arguments: [true, false])
    func utf16(isLittleEndian: Bool) {
        let bytes = "\u{FEFF}编码,名称\r\n一,𠀀é".utf16.flatMap { unit in
            isLittleEndian ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        }
        for sizes in splits(bytes.count) {
            let outcome = Outcome(bytes, Self.format, sizes: sizes)
            #expect(outcome.error == nil && outcome.fields == Self.rows, "in pieces of \(sizes)")
        }
    }

    @Test func encodingIsFoundOutBehindMuchASCII() {
        let ascii = String(repeating: "0123456789,abcdef\n", count: 20_000)
        let bytes = Array(ascii.utf8) + Self.chinese
        for sizes in [[], [65_536, 1], Array(repeating: 9_999, count: 40)] {
            let outcome = Outcome(bytes, Self.format, sizes: sizes)
            #expect(outcome.error == nil && outcome.rows.count == 20_002)
            #expect(Array(outcome.fields.suffix(2)) == Self.rows)
        }
    }

    @Test func muchChineseIsRead() throws {
        let rows = (0..<20_000).map { ["编码\($0)", String(repeating: "名称é", count: $0 % 7)] }
        for encoding in CSVWriter.Encoding.allCases {
            var writer = try CSVWriter(encoding: encoding)
            for row in rows { try writer.append(row: row.map { Array($0.utf8) }) }
            let outcome = Outcome(writer.take(), Self.format, sizes: Array(repeating: 10_007, count: 50))
            #expect(outcome.error == nil && outcome.fields == rows)
        }
    }

    @Test(
        "Bytes that are no text name their line",
        arguments: [
            ([0x61, 0x0A, 0x62, 0x2C, 0xFF, 0x0A], 2), ([0xB1, 0xE0, 0x0D, 0x0A, 0x0A, 0xB1], 3), ([0xB1, 0x0A], nil),
            ([0xB1, 0xE0, 0x0D, 0x22, 0x0A, 0x0D, 0xB1, 0x22], 4),
        ] as [([UInt8], Int?)])
    func invalid(bytes: [UInt8], line: Int?) {
        for encoding in [CSVEncoding.automatic, .gb18030] {
            for sizes in splits(bytes.count) {
                let outcome = Outcome(bytes, Self.format.with { $0.encoding = encoding }, sizes: sizes)
                #expect(outcome.error?.kind == .encoding && outcome.error?.line == line, "in pieces of \(sizes)")
                #expect(outcome.error?.description.contains("the bytes here are not GB18030; give") == true)
            }
        }
    }
}
