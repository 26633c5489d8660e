/// Writes rows as text that `CSVReader` and spreadsheets read back as they were.
///
/// A field is quoted where it holds a separator, a quote or a line end, or begins or ends with a blank, which some programs
/// would drop. Fields that a spreadsheet takes for a formula (`=1+1`, `+1`, `-1`, `@a`) are left as they are: changing
/// them would falsify data, and whoever opens a table of strangers in a spreadsheet imports such columns as text.
package struct CSVWriter: ~Copyable {
    package enum LineEnd: String, Sendable, CaseIterable {
        case lf = "\n"
        case crlf = "\r\n"
    }

    package enum Encoding: String, Sendable, CaseIterable {
        case utf8 = "utf-8"
        case gb18030 = "gb18030"
    }

    private let separator: UInt8
    private let stop: UInt64
    private let lineEnd: LineEnd
    private var converter: TextConverter?
    /// The row at hand.
    private var text = ByteQueue()
    private var finished = ByteQueue()
    private var row = 1
    private var fields = 0
    /// Whether the row's only field so far takes no bytes, and would make a line that readers skip.
    private var isBlank = true

    /// - Parameters:
    ///   - format: of which the separator counts.
    ///   - byteOrderMark: tells Excel that the text is UTF-8; not for GB18030.
    /// - Throws: where the system cannot write the encoding.
    package init(
        _ format: CSVFormat = .standard, lineEnd: LineEnd = .lf, byteOrderMark: Bool = false, encoding: Encoding = .utf8
    ) throws(CSVError) {
        separator = format.separator
        stop = ByteScan.pattern(format.separator)
        self.lineEnd = lineEnd
        converter = encoding == .gb18030 ? try TextConverter(from: "UTF-8", to: "GB18030") : nil
        if byteOrderMark, encoding == .utf8 { finished.append(EncodingGuess.byteOrderMark) }
    }

    /// How many bytes wait to be taken.
    package var count: Int { finished.count }

    /// Adds a row. One without fields becomes a row of one empty field, since a blank line would be no row.
    ///
    /// - Throws: as `append(field:)`.
    package mutating func append(row fields: some Sequence<[UInt8]>) throws(CSVError) {
        for field in fields { try append(field: field) }
        try endRow()
    }

    /// Adds a field to the row.
    ///
    /// - Parameter field: in UTF-8.
    /// - Throws: where the field is not UTF-8, or holds a NUL byte. Nothing of it is added.
    package mutating func append(field: UnsafeRawBufferPointer) throws(CSVError) {
        let needsQuotes = try check(field)
        if fields > 0 { text.append([separator]) }
        fields += 1
        isBlank = fields == 1 && field.isEmpty
        if needsQuotes { appendQuoted(field) } else { text.append(field) }
    }

    /// Adds a field to the row; see there.
    package mutating func append(field: [UInt8]) throws(CSVError) {
        try field.withUnsafeBufferPointer { bytes throws(CSVError) in try append(field: UnsafeRawBufferPointer(bytes)) }
    }

    /// Ends the row.
    ///
    /// - Throws: where the text cannot be converted.
    package mutating func endRow() throws(CSVError) {
        if isBlank { text.append([CSVFormat.quote, CSVFormat.quote]) }
        text.append(Array(lineEnd.rawValue.utf8))
        row += 1
        fields = 0
        isBlank = true
        try convert()
    }

    /// The text of the rows that ended since the last call, in the encoding.
    package mutating func take() -> [UInt8] {
        let bytes = Array(finished.bytes)
        finished.removeFirst(bytes.count)
        return bytes
    }

    /// Whether the field needs quotes.
    private func check(_ field: UnsafeRawBufferPointer) throws(CSVError) -> Bool {
        guard ByteScan.isUTF8(field) else {
            throw CSVError(
                .encoding, line: row, column: fields + 1, "a field to write is not UTF-8",
                advice: "write bytes that are no text as hex or base64")
        }
        // A mark at the beginning of a table would be lost without quotes before it.
        var needsQuotes = field.starts(with: EncodingGuess.byteOrderMark)
        for byte in field {
            switch byte {
            case 0:
                throw CSVError(
                    .syntax, line: row, column: fields + 1, "a field to write holds a NUL byte",
                    advice: "write bytes that are no text as hex or base64")
            case separator, CSVFormat.quote, UInt8(ascii: "\n"), UInt8(ascii: "\r"): needsQuotes = true
            default: break
            }
        }
        return needsQuotes || Self.isBlank(field.first) || Self.isBlank(field.last)
    }

    private static func isBlank(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private mutating func appendQuoted(_ field: UnsafeRawBufferPointer) {
        text.append([CSVFormat.quote])
        var rest = field[...]
        while let place = rest.firstIndex(of: CSVFormat.quote) {
            text.append(UnsafeRawBufferPointer(rebasing: rest[...place]))
            text.append([CSVFormat.quote])
            rest = rest[(place + 1)...]
        }
        text.append(UnsafeRawBufferPointer(rebasing: rest))
        text.append([CSVFormat.quote])
    }

    private mutating func convert() throws(CSVError) {
        guard var converter = converter.take() else {
            finished.append(text.bytes)
            text.removeFirst(text.count)
            return
        }
        // No character grows by more than the half of it that the room has to spare.
        let (_, outcome) = converter.convert(text.bytes, to: &finished, atMost: 2 * text.count + 16)
        text.removeFirst(text.count)
        self.converter = consume converter
        guard outcome == .done else {
            throw CSVError(
                .encoding, line: row - 1, "a row cannot be written in GB18030", advice: "write the table in UTF-8")
        }
    }
}
