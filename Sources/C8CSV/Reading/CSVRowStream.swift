/// Gives the rows of a table whose bytes are pushed in pieces, as many at a time as are asked for.
///
/// Memory is bounded by the longest row and the largest piece. Not for several tasks at once.
package final class CSVRowStream {
    /// Whether there are no more rows.
    package private(set) var isAtEnd = false

    private let format: CSVFormat
    private let name: String
    private var input: CSVInput
    private var parser: CSVParser
    private var foundHeader: CSVHeader?
    private var selection: [Int]?
    /// How many fields each row has.
    private var expected: Int?
    private var failure: (any Error)?
    private var isLending = false

    /// - Parameter name: of the file, or whatever names the table in errors. Its ending `.gz` says that it is packed.
    package init(_ format: CSVFormat = .standard, name: String = "") {
        self.format = format
        self.name = name
        input = CSVInput(format, name: name)
        parser = CSVParser(format)
    }

    /// Adds bytes of the table.
    ///
    /// - Throws: `CSVError` where a row is lent at this moment.
    package func supply(_ bytes: [UInt8]) throws(CSVError) {
        guard !isLending else { throw whileLending }
        input.supply(bytes)
    }

    /// Adds the bytes that `read` puts into the room that it is lent, and ends the table where those are none.
    ///
    /// - Parameter room: how many bytes there is room for.
    /// - Throws: as ``supply(_:)`` does, and what `read` throws.
    package func supply(atMost room: Int, _ read: (UnsafeMutableRawBufferPointer) throws -> Int) throws {
        guard !isLending else { throw whileLending }
        if try input.supply(atMost: room, read) == 0 { input.finish() }
    }

    /// Says that the table ends here.
    package func finish() throws(CSVError) {
        guard !isLending else { throw whileLending }
        input.finish()
    }

    /// The names of the columns; nil while more bytes are needed. Empty for a table without a row.
    ///
    /// - Throws: `CSVError`, also where the format has no header.
    package func header() throws -> CSVHeader? {
        if let foundHeader { return foundHeader }
        guard format.header else {
            throw CSVError(
                .usage, "the table is read without a header", advice: "ask for columns by number, or set header"
            ).named(name)
        }
        var found: CSVHeader?
        _ = try run(limit: 1) { row in found = try CSVHeader(row) }
        guard let header = found ?? (isAtEnd ? CSVHeader() : nil) else { return nil }
        foundHeader = header
        expected = header.names.count
        if let selection { try select(columns: selection) }
        return header
    }

    /// Gives only these columns of the rows that follow, in this order. The others are skipped at less cost.
    ///
    /// - Throws: `CSVError` where there is no such column, or the header is not read yet.
    package func select(_ names: [String]) throws {
        guard let header = try header() else {
            throw CSVError(.usage, "the header is not read yet", advice: "supply more of the table first").named(name)
        }
        do throws(CSVError) {
            var columns: [Int] = []
            for name in names { columns.append(try header.column(name)) }
            try select(columns: columns)
        } catch {
            throw error.named(name)
        }
    }

    /// As `select(_:)`, by place.
    ///
    /// - Parameter columns: from 0.
    package func select(columns: [Int]) throws(CSVError) {
        guard !isLending else { throw whileLending }
        selection = columns
        do throws(CSVError) {
            if let expected { try checkSelection(fields: expected, line: nil) }
            // The header itself is needed as a whole.
            if !format.header || foundHeader != nil { try parser.select(columns) }
        } catch {
            throw error.named(name)
        }
    }

    /// Lends the next rows one by one, after the header.
    ///
    /// - Parameter limit: the most rows.
    /// - Returns: how many rows were lent. Fewer than `limit` where more bytes are needed, and at the end.
    /// - Throws: `CSVError`, and what `body` throws. All rows before the trouble were lent, and none will be after it:
    ///   the same error is thrown again.
    @discardableResult
    package func forEachRow(limit: Int = .max, _ body: (borrowing CSVRow) throws -> Void) throws -> Int {
        if format.header, foundHeader == nil, try header() == nil { return 0 }
        // Kept at hand: to look at a property of the object costs a row about as much as all the rest.
        var (fields, isRagged) = (expected, false)
        if fields != nil { isRagged = format.ragged }
        defer { expected = fields }
        return try run(limit: limit) { row in
            if !isRagged, row.count != fields {
                try checkShape(row, &fields)
                isRagged = format.ragged
            }
            try body(row)
        }
    }

    /// Lends the next rows after the header, of which one field is wanted: many at once where they are plain, and the others
    /// one by one, all in their order.
    ///
    /// - Parameter limit: the most rows.
    /// - Returns: as ``forEachRow(limit:_:)`` does.
    /// - Throws: as that does.
    package func forEachBlock(
        limit: Int = .max, _ block: (borrowing RowBlock) throws -> Void, row: (borrowing CSVRow) throws -> Void
    ) throws -> Int {
        var lent = 0
        while lent < limit {
            // Whatever is not known yet, the first row tells.
            if !format.header || foundHeader != nil, let expected {
                while lent < limit {
                    let rows = try lendBlock(limit: limit - lent, fields: format.ragged ? nil : expected, block)
                    lent += rows
                    if rows == 0 { break }
                }
                if lent >= limit { break }
            }
            let rows = try forEachRow(limit: min(limit - lent, Self.rowsBetweenBlocks), row)
            lent += rows
            if rows == 0 { break }
        }
        return lent
    }

    /// Where one row is not plain, its neighbours may be so neither.
    private static let rowsBetweenBlocks = 32

    private func lendBlock(
        limit: Int, fields: Int?, _ body: (borrowing RowBlock) throws -> Void
    ) throws -> Int {
        guard !isLending else { throw whileLending }
        if let failure { throw failure }
        isLending = true
        defer { isLending = false }
        do {
            let (used, rows) = try parser.parseBlock(input.text, limit: limit, fields: fields, body)
            input.drop(used)
            return rows
        } catch {
            failure = error
            throw error
        }
    }

    private func run(limit: Int, _ body: (borrowing CSVRow) throws -> Void) throws -> Int {
        guard !isLending else { throw whileLending }
        if let failure { throw failure }
        isLending = true
        defer { isLending = false }
        do {
            var lent = 0
            while lent < limit {
                let done = try parser.parse(input.text, isLast: input.isAtEnd) { row in
                    lent += 1
                    try body(row)
                    return lent < limit
                }
                input.drop(done)
                if lent >= limit { break }
                isAtEnd = input.isAtEnd
                if try isAtEnd || !advance() { break }
            }
            return lent
        } catch {
            let named: any Error = (error as? CSVError)?.named(name) ?? error
            failure = named
            throw named
        }
    }

    private func advance() throws(CSVError) -> Bool {
        do throws(CSVError) {
            return try input.advance()
        } catch {
            let line = parser.line + LineCount.of(input.text)
            throw line == 1 ? error : error.at(line: line)
        }
    }

    /// Without a header, the first row says how many fields there are.
    private func checkShape(_ row: borrowing CSVRow, _ fields: inout Int?) throws(CSVError) {
        guard let expected = fields else {
            fields = row.count
            return try checkSelection(fields: row.count, line: row.line)
        }
        let other = format.header ? "header" : "first row"
        throw CSVError(
            .shape, line: row.line, "the row has \(Self.fields(row.count)), but the \(other) has \(expected)",
            advice: "look for a separator too many or too few, or allow ragged rows")
    }

    private func checkSelection(fields: Int, line: Int?) throws(CSVError) {
        guard !format.ragged, let column = selection?.first(where: { $0 >= fields }) else { return }
        throw CSVError(
            .header, line: line, "there is no column \(column + 1): the table has \(Self.fields(fields)) in a row",
            advice: "columns are counted from 1; look whether the separator is right")
    }

    private static func fields(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }

    private var whileLending: CSVError {
        CSVError(.usage, "the table is used while it lends a row", advice: "wait until the call has returned").named(
            name)
    }
}
