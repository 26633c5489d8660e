import C8Platform

/// Rows of cells as lines with straight columns, on terminals where Chinese characters are two columns wide.
enum TextTable {
    /// The lines of the rows.
    ///
    /// - Parameter limit: the columns of a line, where the last cell of a row goes on below itself rather than beyond them;
    ///   nil for as many as it takes, as in pipes.
    static func lines(_ rows: [[String]], width limit: Int? = nil) -> [String] {
        let rows = rows.map { $0.map { TerminalText.line($0) } }
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], min(width(of: cell), widest))
            }
        }
        return rows.map { row in
            var line = ""
            var debt = 0
            for (column, cell) in row.enumerated() {
                if let limit, column == row.count - 1 {
                    line += folded(cell, from: width(of: line), limit: limit)
                    break
                }
                line += cell
                let gap = widths[column] - width(of: cell) + debt
                // A cell wider than its column takes from the gaps behind it.
                debt = min(0, gap)
                line += String(repeating: " ", count: max(0, gap) + (widths[column] == 0 ? 0 : 2))
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    /// The last cell of a row on lines of its own column; a column that is too narrow for words is left to the terminal.
    private static func folded(_ cell: String, from column: Int, limit: Int) -> String {
        guard limit - column >= 16 else { return cell }
        return TextWrap.hanging(cell, indent: column, width: limit)
    }

    /// Beyond this, one long cell would push all others off the screen.
    private static let widest = 40

    /// As much of a text as so many columns hold.
    static func prefix(_ text: String, width limit: Int) -> String {
        var used = 0
        return String(
            text.prefix { character in
                used += width(of: String(character))
                return used <= limit
            })
    }

    /// How many columns a text takes (Unicode, UAX #11: wide and fullwidth characters take two).
    static func width(of text: String) -> Int { TextWidth.columns(of: text) }
}
