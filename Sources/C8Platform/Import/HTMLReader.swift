/// Reads a page that was saved from a browser: tolerant of everything, since browsers are.
struct HTMLReader {
    /// The text of `<title>`.
    private(set) var title: String?
    private(set) var blocks: [PageBlock] = []

    private var text = ""
    private var textLine = 1
    private var heading = false
    private var isTitle = false
    private var preformatted = 0
    /// Open elements whose content is no part of the page.
    private var skipped: String?
    private var table: OpenTable?
    private var tableDepth = 0

    private struct OpenTable {
        var rows: [PageTable.Row] = []
        var cells: [String] = []
        var cell: String?
        var span = 1
        var rowSpan = 1
        var rowLine = 1
        /// Cells that reach down into the next rows, by column.
        var hanging: [Int: (text: String, rows: Int)] = [:]
    }

    static func isHTML(_ text: String) -> Bool {
        let head = text.prefix(4096).lowercased()
        return ["<!doctype html", "<html", "<body", "<table", "<div"].contains { head.contains($0) }
    }

    static func read(_ text: String) -> HTMLReader {
        var reader = HTMLReader()
        var tokens = HTMLTokenizer(text)
        while let token = tokens.next() {
            switch token {
            case .text(let text): reader.take(text, line: tokens.line)
            case .open(let name, let attributes): reader.open(name, attributes, line: tokens.line)
            case .close(let name): reader.close(name)
            }
            // What is inside scripts and styles is no markup.
            if let raw = reader.skipped, HTMLTokenizer.rawElements.contains(raw) {
                tokens.skip(to: raw)
                reader.skipped = nil
            }
        }
        reader.endBlock()
        reader.endTable()
        return reader
    }

    /// No table of a page is wider; spans could make a small file a large table.
    private static let mostColumns = 100

    private static let skippedElements: Set<String> = [
        "script", "style", "noscript", "svg", "template", "iframe", "select", "textarea", "nav", "aside", "button",
        "footer",
    ]
    private static let blockElements: Set<String> = [
        "p", "div", "section", "article", "header", "main", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "hr",
        "form",
        "figure", "body", "html", "head",
    ]

    private mutating func take(_ piece: String, line: Int) {
        if skipped != nil { return }
        if isTitle {
            title = (title ?? "") + piece
            return
        }
        let piece = preformatted > 0 ? piece : Self.collapsed(piece)
        if table?.cell != nil {
            table?.cell?.append(piece)
        } else {
            if text.isEmpty { textLine = line }
            text += piece
        }
    }

    /// How far a style moves what is in it to the right, in steps of 20 pixels or one em: the sign of nesting in pages made by
    /// interface tools.
    private static func indentation(_ style: String) -> Int {
        for property in style.split(separator: ";") {
            let parts = property.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let name = parts[0].filter { !$0.isWhitespace }.lowercased()
            guard ["padding-left", "margin-left", "text-indent"].contains(name) else { continue }
            let value = parts[1].drop { $0.isWhitespace }
            guard let number = Double(value.prefix { $0.isNumber || $0 == "." }), number < 10_000 else { continue }
            return min(20, Int(value.contains("em") ? number : number / 20))
        }
        return 0
    }

    private mutating func open(_ name: String, _ attributes: [String: String], line: Int) {
        if skipped != nil { return }
        if table?.cell?.isEmpty == true, let style = attributes["style"] {
            table?.cell?.append(String(repeating: "\u{A0}\u{A0}", count: Self.indentation(style)))
        }
        if Self.skippedElements.contains(name) {
            if table?.cell == nil { endBlock() }
            skipped = name
            return
        }
        switch name {
        case "title": isTitle = true
        case "br": take("\n", line: line)
        case "pre":
            if table?.cell == nil { endBlock() }
            preformatted += 1
        case "h1", "h2", "h3", "h4", "h5", "h6":
            if table?.cell == nil {
                endBlock()
                heading = true
            }
        case "table":
            tableDepth += 1
            // A table inside a cell is text of that cell.
            if tableDepth == 1 {
                endBlock()
                table = OpenTable()
            }
        case "tr" where tableDepth == 1:
            endRow()
            table?.rowLine = line
        case "td", "th":
            guard tableDepth == 1 else { return take(" ", line: line) }
            endCell()
            table?.cell = ""
            table?.span = min(50, max(1, Int(attributes["colspan"] ?? "") ?? 1))
            table?.rowSpan = min(1000, max(1, Int(attributes["rowspan"] ?? "") ?? 1))
        default:
            if Self.blockElements.contains(name) {
                if table?.cell != nil { take("\n", line: line) } else { endBlock() }
            }
        }
    }

    private mutating func close(_ name: String) {
        if let open = skipped {
            if open == name { skipped = nil }
            return
        }
        switch name {
        case "title": isTitle = false
        case "pre":
            preformatted = max(0, preformatted - 1)
            if table?.cell == nil, !text.allSatisfy(\.isWhitespace) {
                blocks.append(.code(text, line: textLine))
                text = ""
            }
        case "h1", "h2", "h3", "h4", "h5", "h6":
            if table?.cell == nil { endBlock() }
        case "td", "th":
            if tableDepth == 1 { endCell() }
        case "tr":
            if tableDepth == 1 { endRow() }
        case "table":
            tableDepth = max(0, tableDepth - 1)
            if tableDepth == 0 { endTable() }
        default:
            if Self.blockElements.contains(name), table?.cell == nil { endBlock() }
        }
    }

    private mutating func endBlock() {
        let plain = Self.lines(text)
        if !plain.isEmpty {
            blocks.append(heading ? .heading(plain, line: textLine) : .paragraph(plain, line: textLine))
        }
        text = ""
        heading = false
    }

    private mutating func endCell() {
        guard var open = table, let cell = open.cell else { return }
        fillHanging(&open)
        let text = Self.lines(cell)
        for copy in 0..<open.span where open.cells.count < Self.mostColumns {
            if open.rowSpan > 1 { open.hanging[open.cells.count] = (text, open.rowSpan - 1) }
            open.cells.append(copy == 0 ? text : "")
        }
        open.cell = nil
        table = open
    }

    /// A cell that spans rows says the same in each of them.
    private func fillHanging(_ open: inout OpenTable) {
        while open.cells.count < Self.mostColumns, let hanging = open.hanging[open.cells.count], hanging.rows > 0 {
            open.hanging[open.cells.count] = (hanging.text, hanging.rows - 1)
            open.cells.append(hanging.text)
        }
    }

    private mutating func endRow() {
        endCell()
        guard var open = table, !open.cells.isEmpty else { return }
        fillHanging(&open)
        open.rows.append(PageTable.Row(line: open.rowLine, cells: open.cells))
        open.cells = []
        table = open
    }

    private mutating func endTable() {
        endRow()
        if let rows = table?.rows, !rows.isEmpty { blocks.append(.table(PageTable(rows: rows))) }
        table = nil
        tableDepth = 0
    }

    /// White space of a source file is one space; a hard space is indentation and stays.
    private static func collapsed(_ text: String) -> String {
        var result = ""
        var wasSpace = false
        for character in text {
            let isSpace = character == " " || character.isNewline || character == "\t"
            if !(isSpace && wasSpace) { result.append(isSpace ? " " : character) }
            wasSpace = isSpace
        }
        return result
    }

    /// Without blank lines and soft white space at the ends.
    private static func lines(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map { line -> Substring in
            var line = line.drop { $0 == " " || $0 == "\t" }
            while line.last == " " || line.last == "\t" { line.removeLast() }
            return line
        }
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
