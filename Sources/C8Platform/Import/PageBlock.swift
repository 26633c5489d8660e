/// A piece of a page, whatever the page was saved as.
enum PageBlock: Sendable, Hashable {
    case heading(String, line: Int)
    case paragraph(String, line: Int)
    case table(PageTable)
    case code(String, line: Int)
}

/// A table of a page; its first row usually holds the heads of the columns.
struct PageTable: Sendable, Hashable {
    struct Row: Sendable, Hashable {
        /// The line in the file, from 1.
        var line: Int
        var cells: [String]
    }

    var rows: [Row]
}
