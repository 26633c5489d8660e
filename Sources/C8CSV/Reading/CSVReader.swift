/// Reads a table from wherever bytes come from.
///
/// ```swift
/// let reader = CSVReader(format, name: "codes.csv.gz") { room in try file.read(into: room) }
/// try reader.select(["code"])
/// while try reader.forEachRow(limit: 1000, { row in … row.field(0) … }) > 0 { … }
/// ```
///
/// Not for several tasks at once.
package final class CSVReader {
    private let rows: CSVRowStream
    private let read: (UnsafeMutableRawBufferPointer) throws -> Int

    /// How many bytes are asked for at a time: as many as are still near when they are looked at.
    private static let piece = 128 << 10

    /// - Parameters:
    ///   - name: of the file, for errors; the ending `.gz` says that it is packed.
    ///   - read: puts the next bytes into the room that it is lent, and says how many: 0 at the end.
    package init(
        _ format: CSVFormat = .standard, name: String = "",
        read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int
    ) {
        rows = CSVRowStream(format, name: name)
        self.read = read
    }

    /// The names of the columns. Empty for a table without a row.
    ///
    /// - Throws: `CSVError`, also where the format has no header, and what reading throws.
    package func header() throws -> CSVHeader {
        while true {
            if let header = try rows.header() { return header }
            try more()
        }
    }

    /// Gives only these columns of the rows that follow, in this order. The others are skipped at less cost.
    ///
    /// - Throws: `CSVError` where there is no such column, and what reading throws.
    package func select(_ names: [String]) throws {
        _ = try header()
        try rows.select(names)
    }

    /// As `select(_:)`, by place.
    ///
    /// - Parameter columns: from 0.
    package func select(columns: [Int]) throws(CSVError) {
        try rows.select(columns: columns)
    }

    /// Lends the next rows one by one, after the header.
    ///
    /// - Parameter limit: the most rows.
    /// - Returns: how many rows were lent: `limit`, or fewer at the end of the table.
    /// - Throws: `CSVError`, what reading throws, and what `body` throws. All rows before the trouble were lent.
    @discardableResult
    package func forEachRow(limit: Int = .max, _ body: (borrowing CSVRow) throws -> Void) throws -> Int {
        var lent = 0
        while true {
            lent += try rows.forEachRow(limit: limit - lent, body)
            if lent >= limit || rows.isAtEnd { return lent }
            try more()
        }
    }

    /// Lends the next rows after the header, of which one field is wanted: many at once where they are plain, and the others
    /// one by one, all in their order. For tables of millions of rows.
    ///
    /// - Parameter limit: the most rows.
    /// - Returns: as ``forEachRow(limit:_:)`` does.
    /// - Throws: as that does.
    @discardableResult
    package func forEachBlock(
        limit: Int = .max, _ block: (borrowing RowBlock) throws -> Void, row: (borrowing CSVRow) throws -> Void
    ) throws -> Int {
        var lent = 0
        while true {
            lent += try rows.forEachBlock(limit: limit - lent, block, row: row)
            if lent >= limit || rows.isAtEnd { return lent }
            try more()
        }
    }

    /// Copies of the next rows: as many as are asked for, or fewer at the end of the table.
    package func nextRows(_ most: Int) throws -> [CSVRecord] {
        var records: [CSVRecord] = []
        try forEachRow(limit: most) { records.append(CSVRecord($0)) }
        return records
    }

    private func more() throws {
        try rows.supply(atMost: Self.piece, read)
    }
}
