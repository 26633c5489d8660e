/// Takes apart a line that was a page, or a table, before its line breaks became spaces.
///
/// Between two rows two bars meet, and so they do around an empty cell. The row of dashes under the heads tells how many
/// columns there are, and so which of the two it is.
struct FlattenedLine {
    private let pieces: [Substring]
    private let line: Int
    private var blocks: [PageBlock] = []

    static func isFlattened(_ line: Substring) -> Bool {
        // One walk before anything is split: long lines are rare, and most have no dashes.
        guard line.contains("|"), line.contains("--") else { return false }
        let pieces = BarSplitter.split(line)
        return pieces.contains { isDashes($0) } && pieces.contains { !isBlank($0) && !isDashes($0) }
    }

    static func blocks(_ text: Substring, line: Int) -> [PageBlock] {
        var flattened = FlattenedLine(pieces: BarSplitter.split(text), line: line)
        flattened.read()
        return flattened.blocks
    }

    private init(pieces: [Substring], line: Int) {
        self.pieces = pieces
        self.line = line
    }

    private mutating func read() {
        var index = 0
        while index < pieces.count {
            addText(pieces[index])
            index = readTable(from: index + 1) ?? index + 1
        }
    }

    /// A table whose heads begin at a piece, or nil where no row of dashes follows them.
    ///
    /// - Returns: the index of the piece behind the table.
    private mutating func readTable(from start: Int) -> Int? {
        guard let dashes = nextDashes(from: start), dashes - 1 > start, Self.isBlank(pieces[dashes - 1]) else {
            return nil
        }
        let heads = pieces[start..<(dashes - 1)]
        // Text in a cell's place: the heads begin behind the last of it.
        guard heads.count <= 40 else { return nil }
        let width = heads.count
        var rows = [row(heads)]
        var index = dashes
        // The row of dashes, which may have lost some.
        while index < pieces.count, index < dashes + width, Self.isDashes(pieces[index]) || pieces[index].isEmpty {
            index += 1
        }
        while index < pieces.count - 1, Self.isBlank(pieces[index]) {
            let first = index + 1
            if startsTable(at: first) {
                blocks.append(.table(PageTable(rows: rows)))
                return readTable(from: first) ?? first
            }
            let end = min(first + width, pieces.count)
            rows.append(row(pieces[first..<end]))
            index = end
        }
        blocks.append(.table(PageTable(rows: rows)))
        return index
    }

    /// Whether another table's heads begin here, where this table's next row would: as many pieces as there are dashes
    /// lie before a row of dashes.
    private func startsTable(at index: Int) -> Bool {
        guard let dashes = nextDashes(from: index), dashes - 1 > index, dashes - 1 - index <= 40 else { return false }
        var count = 0
        while dashes + count < pieces.count, Self.isDashes(pieces[dashes + count]) { count += 1 }
        return dashes - 1 - index == count && Self.isBlank(pieces[dashes - 1])
    }

    private func nextDashes(from index: Int) -> Int? {
        let end = min(pieces.count, index + 60)
        guard index < end else { return nil }
        return (index..<end).first { Self.isDashes(pieces[$0]) }
    }

    private func row(_ pieces: ArraySlice<Substring>) -> PageTable.Row {
        PageTable.Row(line: line, cells: pieces.map { MarkdownReader.cell($0) })
    }

    /// Headings, bold words that stand alone, and the rest.
    private mutating func addText(_ piece: Substring) {
        var text = piece[...]
        var isHeading = false
        while !text.isEmpty {
            let next = Self.heading(in: text)
            let part = text[..<(next?.start ?? text.endIndex)]
            if isHeading {
                blocks.append(.heading(CellText.trimmed(part), line: line))
            } else {
                addParagraphs(part)
            }
            guard let next else { return }
            text = text[next.end...]
            isHeading = true
        }
    }

    /// Bold words were a line of their own, as a rule: the caption of what follows.
    private mutating func addParagraphs(_ text: Substring) {
        var rest = text
        while !rest.isEmpty {
            let mark = rest.firstRange(of: "**")
            let part = CellText.trimmed(rest[..<(mark?.lowerBound ?? rest.endIndex)])
            if !part.isEmpty { blocks.append(.paragraph(part, line: line)) }
            guard let mark else { return }
            rest = rest[mark.upperBound...]
        }
    }

    /// The next `## ` that stands at the beginning or behind a space.
    private static func heading(in text: Substring) -> (start: Substring.Index, end: Substring.Index)? {
        var index = text.startIndex
        var previous: Character = " "
        while index < text.endIndex {
            if text[index] == "#", previous.isWhitespace {
                let end = text[index...].prefix { $0 == "#" }.endIndex
                if end < text.endIndex, text[end].isWhitespace { return (index, end) }
                index = end
                previous = "#"
            } else {
                previous = text[index]
                index = text.index(after: index)
            }
        }
        return nil
    }

    private static func isBlank(_ piece: Substring) -> Bool { piece.allSatisfy(\.isWhitespace) }

    private static func isDashes(_ piece: Substring) -> Bool {
        var count = 0
        for character in piece {
            if character == "-" { count += 1 } else if character != ":" && !character.isWhitespace { return false }
        }
        return count >= 2
    }
}
