/// How a table is written as text, and how much of it is taken at most.
///
/// The text is that of RFC 4180 with what programs make of it: lines end with CRLF, LF or CR, the last one may lack its
/// end, and lines without a byte are skipped. Blanks belong to their field. A quote opens a quoted field only as the first
/// byte of a field; elsewhere it is a byte like others.
package struct CSVFormat: Sendable, Hashable {
    /// Between two fields. An ASCII byte other than the quote, CR, LF and NUL.
    package let separator: UInt8
    /// Whether the first row holds the names of the columns.
    package var header: Bool
    package var encoding: CSVEncoding
    package var compression: CSVCompression
    /// Whether rows may have more or fewer fields than the header, or without one than the first row.
    package var ragged: Bool
    /// The most bytes of a field as it is written, without its outer quotes.
    package let maximumField: Int
    /// The most fields of a row.
    package let maximumFields: Int
    /// The most bytes of a row as it is written. A row is held in memory as a whole.
    package let maximumRow: Int

    /// What opens and closes a field that holds separators, quotes or line ends.
    package static let quote = UInt8(ascii: "\"")
    /// The most that the bounds of rows and fields may be set to, in bytes.
    package static let largestBound = 1 << 30

    /// - Throws: where the separator is none, or a bound is not between 1 and `largestBound` (the number of fields:
    ///   65536).
    package init(
        separator: UInt8 = UInt8(ascii: ","), header: Bool = true, encoding: CSVEncoding = .automatic,
        compression: CSVCompression = .automatic, ragged: Bool = false, maximumField: Int = 1 << 20,
        maximumFields: Int = 4096, maximumRow: Int = 16 << 20
    ) throws(CSVError) {
        let lineEnds: [UInt8] = [UInt8(ascii: "\n"), UInt8(ascii: "\r")]
        guard separator != Self.quote, separator != 0, separator < 0x80, !lineEnds.contains(separator) else {
            throw CSVError(
                .usage, "this byte cannot separate fields: \(separator)",
                advice: "give one ASCII character other than a quote or a line end, such as , ; | or a tab")
        }
        for (name, bound, most) in [
            ("field", maximumField, Self.largestBound), ("number of fields", maximumFields, 1 << 16),
            ("row", maximumRow, Self.largestBound),
        ] where !(1...most).contains(bound) {
            throw CSVError(.usage, "this cannot bound the \(name): \(bound)", advice: "give a number from 1 to \(most)")
        }
        self.separator = separator
        self.header = header
        self.encoding = encoding
        self.compression = compression
        self.ragged = ragged
        self.maximumField = maximumField
        self.maximumFields = maximumFields
        self.maximumRow = maximumRow
    }

    private init() {
        (separator, header, encoding, compression, ragged) = (UInt8(ascii: ","), true, .automatic, .automatic, false)
        (maximumField, maximumFields, maximumRow) = (1 << 20, 4096, 16 << 20)
    }

    /// Commas, a header, and everything else found out.
    package static let standard = CSVFormat()
}
