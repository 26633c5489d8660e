import C8CSV
import C8Sandbox
import LuaRuntime

/// A table that is being read for a script, some rows at a time.
///
/// `@unchecked`: made in a host function and used by the functions that this one returns, all of them synchronous. Those
/// run on the thread of the one script that has them, so that no two are ever under way at the same time.
final class CSVTable: @unchecked Sendable {
    private let rows: CSVRowStream
    private var file: OpenFile?
    private var hasSelected = false
    private var isOpen = true
    /// The names that rows are given by.
    private var names: [[UInt8]] = []

    /// Rows that go to Lua with one call.
    private static let most = 256
    private static let piece = 256 << 10

    private let shape: CSVOptions.Shape
    /// What of the shape a row needs: to look at the shape itself counts references.
    private let form: Form

    private enum Form {
        case value
        case list
        case named
    }

    /// - Parameters:
    ///   - name: for errors.
    ///   - file: where the bytes are; nil where they are supplied.
    init(_ options: CSVOptions, name: String, file: OpenFile?) {
        shape = options.shape
        form =
            switch options.shape {
            case .column, .place: .value
            case .list: .list
            case .named: .named
            }
        rows = CSVRowStream(options.format, name: name)
        self.file = file
    }

    /// Appends whether the table has ended, and then rows with their line numbers.
    func take(_ call: inout LuaCall) throws {
        guard isOpen else { return try call.append(true) }
        try call.append(false)
        guard try select() else { return }
        var taken = 0
        while true {
            taken += try rows.forEachRow(limit: Self.most) { row in try append(row, &call) }
            if taken > 0 || rows.isAtEnd { break }
            guard try more() else { return }
        }
        if taken == 0 { isOpen = false }
    }

    func supply(text: [UInt8]) throws {
        try rows.supply(text)
    }

    /// Adds a line, whose end may be missing.
    func supply(line: [UInt8]) throws {
        let isWhole = line.last == UInt8(ascii: "\n")
        try supply(text: isWhole ? line : line + [UInt8(ascii: "\n")])
    }

    func finish() throws {
        try rows.finish()
    }

    func close() {
        file = nil
        isOpen = false
    }

    /// Reads on; false where only the script can give more.
    private func more() throws -> Bool {
        guard let file else { return false }
        let bytes = try file.read(upTo: Self.piece)
        try bytes.isEmpty ? rows.finish() : rows.supply(bytes)
        return true
    }

    /// Says which columns are wanted, once the header is known; false while it is not.
    private func select() throws -> Bool {
        if hasSelected { return true }
        switch shape {
        case .list(let places?): try rows.select(columns: places)
        case .list(nil): break
        case .place(let place): try rows.select(columns: [place])
        case .named(let wanted):
            guard let header = try header() else { return false }
            if let wanted { try rows.select(wanted) }
            names = (wanted ?? header.names).map { Array($0.utf8) }
        case .column(let name):
            guard try header() != nil else { return false }
            try rows.select([name])
        }
        hasSelected = true
        return true
    }

    private func header() throws -> CSVHeader? {
        while true {
            if let header = try rows.header() { return header }
            guard try more() else { return nil }
        }
    }

    private func append(_ row: borrowing CSVRow, _ call: inout LuaCall) throws {
        let empty = UnsafeRawBufferPointer(start: nil, count: 0)
        switch form {
        case .value: try call.append(bytes: row.field(0) ?? empty)
        case .list:
            let count = min(row.width, row.count)
            try call.appendTable(items: count, pairs: 0)
            for place in 0..<count { try call.appendItem(row.field(place) ?? empty) }
        case .named:
            let count = min(row.width, names.count)
            try call.appendTable(items: 0, pairs: count)
            for place in 0..<count {
                try names[place].withUnsafeBytes { try call.appendItem($0) }
                try call.appendItem(row.field(place) ?? empty)
            }
        }
        try call.append(Int64(row.line))
    }
}
