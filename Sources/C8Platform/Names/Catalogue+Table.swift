extension Catalogue {
    /// The columns of the table, named in its first line.
    static let columns = ["id", "kind", "status", "section", "title", "summary", "replacements"]

    /// Reads a catalogue from a table: UTF-8, one page a line, columns separated by tabs.
    ///
    /// - Throws: ``CatalogueError`` with the number of the line.
    package init(tabSeparated bytes: [UInt8]) throws(CatalogueError) {
        var entries: [CatalogueEntry] = []
        let lines = bytes.split(separator: ASCII.lineFeed, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where index == 0 || !line.isEmpty || index < lines.count - 1 {
            let cells = line.split(separator: ASCII.tab, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
            guard cells.count == Self.columns.count else {
                throw CatalogueError(
                    line: index + 1, message: "expected \(Self.columns.count) columns, got \(cells.count)")
            }
            if index == 0 {
                guard cells == Self.columns else {
                    throw CatalogueError(
                        line: 1, message: "expected the columns \(Self.columns.joined(separator: ", "))")
                }
                continue
            }
            guard let kind = CatalogueEntry.Kind(rawValue: cells[1]) else {
                throw CatalogueError(line: index + 1, message: "unknown kind \(cells[1])")
            }
            guard let status = CatalogueEntry.Status(rawValue: cells[2]) else {
                throw CatalogueError(line: index + 1, message: "unknown status \(cells[2])")
            }
            entries.append(
                CatalogueEntry(
                    id: OperationID(cells[0]), kind: kind, status: status, section: cells[3], title: cells[4],
                    summary: cells[5], replacements: cells[6].split(separator: " ").map { OperationID(String($0)) }))
        }
        self.init(entries: entries)
    }
}
