extension CSVParser {
    /// Lends each row that is whole to `body`, until that gives false.
    ///
    /// - Parameters:
    ///   - bytes: first of all what the last call was not done with.
    ///   - isLast: whether the text ends after these bytes; its last line may lack its end.
    /// - Returns: how many bytes are done with. With `isLast`, these are all unless `body` gave false.
    /// - Throws: `CSVError`, and what `body` throws. The parser cannot go on after that.
    package mutating func parse(
        _ bytes: UnsafeRawBufferPointer, isLast: Bool, _ body: (borrowing CSVRow) throws -> Bool
    ) throws -> Int {
        // An empty buffer may lack an address; any will do for a row without bytes.
        guard let base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1) else { return 0 }
        let separator = format.separator
        let (unquotedStop, quotedStop) = (ByteScan.pattern(separator), ByteScan.pattern(CSVFormat.quote))
        let (wanted, spans) = (store.wanted, store.spans)
        var cursor = cursor
        var row = base
        var end = bytes.count
        var at = cursor.scanned

        scan: while true {
            let fieldEnd: Int
            var endsRow = true
            switch cursor.mode {
            case .row:
                guard at < end else { break scan }
                let byte = row.load(fromByteOffset: at, as: UInt8.self)
                if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                    let isSecondOfPair = isAfterReturn && byte == UInt8(ascii: "\n")
                    if !isSecondOfPair { line += 1 }
                    isAfterReturn = byte == UInt8(ascii: "\r")
                    row += 1
                    end -= 1
                    continue scan
                }
                isAfterReturn = false
                cursor.mode = .field
                continue scan

            case .field:
                cursor.fieldStart = at
                if at < end {
                    if row.load(fromByteOffset: at, as: UInt8.self) == CSVFormat.quote {
                        at += 1
                        cursor.fieldStart = at
                        cursor.quoteLine = cursor.lineEnds
                        cursor.mode = .quoted
                    } else {
                        cursor.mode = .unquoted
                    }
                    continue scan
                }
                guard isLast else { break scan }
                fieldEnd = at

            case .unquoted:
                at = ByteScan.stop(row, from: at, to: end, pattern: unquotedStop)
                if at > limit(cursor) { throw tooLong(cursor) }
                fieldEnd = at
                if at < end {
                    let byte = row.load(fromByteOffset: at, as: UInt8.self)
                    if byte == separator {
                        endsRow = false
                    } else if byte == 0 {
                        throw holdsNUL(cursor)
                    } else if byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
                        at += 1
                        continue scan
                    }
                } else if !isLast {
                    break scan
                }

            case .quoted:
                at = ByteScan.stop(row, from: at, to: end, pattern: quotedStop)
                if at > limit(cursor) { throw tooLong(cursor) }
                guard at < end else {
                    if isLast { throw unterminated(cursor) }
                    break scan
                }
                switch row.load(fromByteOffset: at, as: UInt8.self) {
                case CSVFormat.quote: cursor.mode = .closing
                case 0: throw holdsNUL(cursor)
                case UInt8(ascii: "\r"): cursor.lineEnds += 1
                case UInt8(ascii: "\n"):
                    // The byte before is there: at least the quote is. LF after CR is no further line.
                    if row.load(fromByteOffset: at - 1, as: UInt8.self) != UInt8(ascii: "\r") { cursor.lineEnds += 1 }
                default: break
                }
                at += 1
                continue scan

            case .closing:
                fieldEnd = at - 1
                if at < end {
                    let byte = row.load(fromByteOffset: at, as: UInt8.self)
                    if byte == CSVFormat.quote {
                        cursor.isDoubled = true
                        cursor.mode = .quoted
                        at += 1
                        continue scan
                    }
                    if byte == separator {
                        endsRow = false
                    } else if byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
                        throw textAfterQuote(cursor)
                    }
                } else if !isLast {
                    break scan
                }
            }

            if cursor.column == format.maximumFields { throw tooManyFields(cursor) }
            if wanted.map({ $0[cursor.stored] == cursor.column }) ?? true {
                spans[cursor.stored] = FieldSpan(
                    start: cursor.fieldStart, count: fieldEnd - cursor.fieldStart, isDoubled: cursor.isDoubled)
                cursor.stored += 1
                cursor.needsScratch = cursor.needsScratch || cursor.isDoubled
            }
            cursor.isDoubled = false
            cursor.column += 1
            cursor.mode = .field
            if !endsRow {
                at += 1
                continue scan
            }

            if let column = store.notUTF8(cursor.stored, of: row) { throw notUTF8(column) }
            if cursor.needsScratch { store.undouble(cursor.stored, of: row) }
            let goesOn = try body(store.lend(row, line: line, count: cursor.column, stored: cursor.stored))
            // The line end is left to the next round, as if it were a blank line's.
            line += cursor.lineEnds
            row += at
            end -= at
            at = 0
            cursor = RowCursor()
            if !goesOn { break scan }
        }
        cursor.scanned = at
        self.cursor = cursor
        return row - base
    }

    /// The furthest place that the content of the field at hand may reach to.
    @inline(__always)
    private func limit(_ cursor: RowCursor) -> Int {
        min(cursor.fieldStart + format.maximumField, format.maximumRow)
    }
}
