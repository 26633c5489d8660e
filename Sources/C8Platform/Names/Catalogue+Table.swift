extension Catalogue {
    /// The columns of the table, named in its first line.
    static let columns = ["id", "kind", "status", "section", "title", "summary", "replacements"]

    /// Reads a catalogue from a table: UTF-8, one page a line, columns separated by tabs.
    ///
    /// - Throws: ``CatalogueError`` with the number of the line.
    package init(tabSeparated bytes: [UInt8]) throws(CatalogueError) {
        let entries = try bytes.withUnsafeBufferPointer { buffer throws(CatalogueError) in
            try Self.entries(buffer)
        }
        self.init(entries: entries)
    }

    /// By ranges of the one buffer rather than by slices of slices: every start of a script that calls the platform
    /// reads the table.
    private static func entries(_ buffer: UnsafeBufferPointer<UInt8>) throws(CatalogueError) -> [CatalogueEntry] {
        var entries: [CatalogueEntry] = []
        entries.reserveCapacity(buffer.count / 128)
        var cells: [Range<Int>] = []
        var number = 0
        var start = 0
        repeat {
            number += 1
            start = split(buffer, from: start, into: &cells)
            guard cells.count == columns.count else {
                throw CatalogueError(line: number, message: "expected \(columns.count) columns, got \(cells.count)")
            }
            if number > 1 {
                entries.append(try entry(buffer, cells, line: number))
            } else if cells.map({ text(buffer, $0) }) != columns {
                throw CatalogueError(line: 1, message: "expected the columns \(columns.joined(separator: ", "))")
            }
        } while start < buffer.count
        return entries
    }

    private static func entry(
        _ buffer: UnsafeBufferPointer<UInt8>, _ cells: [Range<Int>], line: Int
    ) throws(CatalogueError) -> CatalogueEntry {
        let kind = text(buffer, cells[1])
        let status = text(buffer, cells[2])
        guard let kind = CatalogueEntry.Kind(rawValue: kind) else {
            throw CatalogueError(line: line, message: "unknown kind \(kind)")
        }
        guard let status = CatalogueEntry.Status(rawValue: status) else {
            throw CatalogueError(line: line, message: "unknown status \(status)")
        }
        let replacements = cells[6].isEmpty ? [] : text(buffer, cells[6]).split(separator: " ")
        return CatalogueEntry(
            id: OperationID(text(buffer, cells[0])), kind: kind, status: status,
            section: text(buffer, cells[3]), title: text(buffer, cells[4]),
            summary: text(buffer, cells[5]), replacements: replacements.map { OperationID(String($0)) })
    }

    private static func text(_ buffer: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: buffer[range]), as: UTF8.self)
    }

    /// The cells of the line at `start`; returns where the next line starts.
    private static func split(
        _ buffer: UnsafeBufferPointer<UInt8>, from start: Int, into cells: inout [Range<Int>]
    ) -> Int {
        cells.removeAll(keepingCapacity: true)
        var cell = start
        var place = start
        while place < buffer.count, buffer[place] != ASCII.lineFeed {
            if buffer[place] == ASCII.tab {
                cells.append(cell..<place)
                cell = place + 1
            }
            place += 1
        }
        cells.append(cell..<place)
        return place + 1
    }
}
