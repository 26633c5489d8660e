extension CSVParser {
    func tooLong(_ cursor: RowCursor) -> CSVError {
        let isField = cursor.fieldStart + format.maximumField <= format.maximumRow
        let bound = isField ? format.maximumField : format.maximumRow
        let isQuoted = cursor.mode == .quoted
        return CSVError(
            .limit, line: line + (isQuoted ? cursor.quoteLine : cursor.lineEnds), column: cursor.column + 1,
            "a \(isField ? "field" : "row") has more than \(bound) bytes",
            advice: isQuoted
                ? "look whether the quote that opens the field is ever closed"
                : "look whether the file is a table with this separator")
    }

    func tooManyFields(_ cursor: RowCursor) -> CSVError {
        CSVError(
            .limit, line: line, column: cursor.column + 1, "a row has more than \(format.maximumFields) fields",
            advice: "look whether the file is a table with this separator")
    }

    func holdsNUL(_ cursor: RowCursor) -> CSVError {
        CSVError(
            .syntax, line: line + cursor.lineEnds, column: cursor.column + 1, "a field holds a NUL byte",
            advice: "the file is damaged or not a text: save the table as CSV in UTF-8")
    }

    func unterminated(_ cursor: RowCursor) -> CSVError {
        CSVError(
            .syntax, line: line + cursor.quoteLine, column: cursor.column + 1,
            "the quote that opens this field is never closed",
            advice: "close it, and write a quote within quotes twice; or the file was cut off")
    }

    func textAfterQuote(_ cursor: RowCursor) -> CSVError {
        CSVError(
            .syntax, line: line + cursor.lineEnds, column: cursor.column + 1,
            "text follows the quote that closes this field, where a separator or a line end was expected",
            advice: "write a quote within quotes twice")
    }

    /// - Parameter column: from 0.
    func notUTF8(_ column: Int) -> CSVError {
        CSVError(
            .encoding, line: line, column: column + 1, "the field is not UTF-8",
            advice: "give the encoding gb18030 if the table comes from an older Chinese program, else save it as UTF-8")
    }
}
