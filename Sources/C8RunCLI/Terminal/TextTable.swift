import C8Platform

/// Rows of cells as lines with straight columns, on terminals where Chinese characters are two columns wide.
enum TextTable {
    static func lines(_ rows: [[String]]) -> [String] {
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

    /// Beyond this, one long cell would push all others off the screen.
    private static let widest = 40

    /// How many columns a text takes (Unicode, UAX #11: wide and fullwidth characters take two).
    static func width(of text: String) -> Int { TextWidth.columns(of: text) }
}
