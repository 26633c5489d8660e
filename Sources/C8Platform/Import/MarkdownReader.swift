/// Reads Markdown as the documentation's site exports it, also where a whole page or a table has become one line, and
/// where a menu and buttons stand around it.
struct MarkdownReader {
    private let lines: [Substring]
    private var blocks: [PageBlock] = []
    private var index = 0

    static func read(_ text: String) -> [PageBlock] {
        var reader = MarkdownReader(lines: text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline))
        reader.readAll()
        return reader.blocks
    }

    private init(lines: [Substring]) {
        self.lines = lines
    }

    private mutating func readAll() {
        while index < lines.count {
            let line = lines[index]
            let text = line.drop { $0.isWhitespace }
            if text.isEmpty {
                index += 1
            } else if text.hasPrefix("```") || text.hasPrefix("~~~") {
                readFence(text)
            } else if FlattenedLine.isFlattened(line) {
                blocks += FlattenedLine.blocks(line, line: index + 1)
                index += 1
            } else if startsTable() {
                readTable()
            } else if text.first == "#" {
                let title = text.drop { $0 == "#" }
                blocks.append(.heading(CellText.trimmed(title), line: index + 1))
                index += 1
            } else {
                blocks.append(.paragraph(CellText.trimmed(text), line: index + 1))
                index += 1
            }
        }
    }

    private mutating func readFence(_ opening: Substring) {
        let first = index + 1
        let mark = opening.prefix(3)
        var content: [Substring] = []
        index += 1
        while index < lines.count {
            let line = lines[index]
            index += 1
            if line.drop(while: \.isWhitespace).hasPrefix(mark) { break }
            content.append(line)
        }
        blocks.append(.code(content.joined(separator: "\n"), line: first))
    }

    // MARK: Tables (GFM, "Tables")

    private func startsTable() -> Bool {
        guard lines[index].contains("|"), index + 1 < lines.count else { return false }
        return Self.isSeparator(lines[index + 1])
    }

    static func isSeparator(_ line: Substring) -> Bool {
        var dashes = 0
        for character in line {
            switch character {
            case "-": dashes += 1
            case "|", ":", " ", "\t", "\r": continue
            default: return false
            }
        }
        return dashes >= 2 && line.contains("|")
    }

    private mutating func readTable() {
        let heads = Self.cells(lines[index])
        var rows = [PageTable.Row(line: index + 1, cells: heads)]
        index += 2
        while index < lines.count, lines[index].contains("|") {
            let first = index + 1
            var text = String(lines[index])
            index += 1
            // A cell with line breaks of its own: the row goes on until its last bar.
            while text.drop(while: \.isWhitespace).first == "|", Self.cells(text[...]).count < heads.count,
                index < lines.count, index - first < 400,
                lines[index].drop(while: \.isWhitespace).first != "|", !lines[index].isEmpty
            {
                text += "\n" + lines[index]
                index += 1
                if text.reversed().first(where: { !$0.isWhitespace }) == "|" { break }
            }
            rows.append(PageTable.Row(line: first, cells: Self.cells(text[...])))
        }
        blocks.append(.table(PageTable(rows: rows)))
    }

    /// The cells of a row, marks undone, indentation by hard spaces kept.
    static func cells(_ line: Substring) -> [String] {
        var pieces = BarSplitter.split(line)
        if pieces.first?.allSatisfy(\.isWhitespace) == true { pieces.removeFirst() }
        if pieces.last?.allSatisfy(\.isWhitespace) == true { pieces.removeLast() }
        return pieces.map { cell($0) }
    }

    static func cell(_ piece: Substring) -> String {
        let inner = piece.drop { $0 == " " || $0 == "\t" }
        return CellText.plain(inner.reversed().drop { $0.isWhitespace }.reversed().map(String.init).joined())
    }
}
