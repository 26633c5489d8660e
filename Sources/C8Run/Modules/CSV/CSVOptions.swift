import C8CSV
import LuaRuntime

/// The options of `csv.rows`.
struct CSVOptions: Sendable {
    /// What a row is to the script.
    enum Shape: Sendable {
        /// A table by the columns' names; nil for all columns.
        case named([String]?)
        /// A list; nil for all fields, else by place from 0.
        case list([Int]?)
        /// The value of one column alone.
        case column(String)
        case place(Int)
    }

    private(set) var format: CSVFormat
    private(set) var shape: Shape

    private static let names = ["column", "columns", "encoding", "header", "ragged", "separator"]

    init(_ arguments: LuaArguments, at position: Int) throws {
        format = .standard
        shape = .named(nil)
        guard !arguments.isNone(position) else { return }
        let table = try arguments.table(position)
        func wrong(_ problem: String) -> LuaArgumentError { arguments.error(position, problem) }
        for pair in table.pairs {
            guard case .string(let key) = pair.key, Self.names.contains(key.description) else {
                throw wrong("its options are: \(Self.names.joined(separator: ", "))")
            }
        }
        var separator = UInt8(ascii: ",")
        if let value = table["separator"] {
            guard case .string(let text) = value, text.bytes.count == 1 else {
                throw wrong("separator must be one character, such as \",\" or \"\\t\"")
            }
            separator = text.bytes[0]
        }
        let hasHeader = try Self.flag(table, "header") { wrong($0) } ?? true
        var encoding = CSVEncoding.automatic
        if let value = table["encoding"] {
            guard case .string(let text) = value, let known = Self.encoding(text.description) else {
                throw wrong("encoding must be auto, utf-8 or gb18030")
            }
            encoding = known
        }
        format = try CSVFormat(
            separator: separator, header: hasHeader, encoding: encoding,
            ragged: try Self.flag(table, "ragged") { wrong($0) } ?? false)
        shape = try Self.shape(table, hasHeader: hasHeader) { wrong($0) }
    }

    private static func encoding(_ name: String) -> CSVEncoding? {
        switch name.lowercased() {
        case "utf8": .utf8
        case "gbk", "gb2312": .gb18030
        case let name: CSVEncoding(rawValue: name)
        }
    }

    private static func shape(
        _ table: LuaTable, hasHeader: Bool, wrong: (String) -> LuaArgumentError
    ) throws(LuaArgumentError) -> Shape {
        guard table["column"] == nil || table["columns"] == nil else { throw wrong("give column or columns, not both") }
        if let value = table["column"] {
            switch value {
            case .string(let name) where hasHeader: return .column(name.description)
            case .integer(let place) where place >= 1 && place <= 65_536: return .place(Int(place) - 1)
            default: throw wrong("column must be \(hasHeader ? "a name, or " : "")a number from 1")
            }
        }
        guard let value = table["columns"] else { return hasHeader ? .named(nil) : .list(nil) }
        guard case .table(let columns) = value, !columns.array.isEmpty else { throw wrong("columns must be a list") }
        if hasHeader {
            var names: [String] = []
            for column in columns.array {
                guard case .string(let name) = column else { throw wrong("columns must be a list of names") }
                names.append(name.description)
            }
            return .named(names)
        }
        var places: [Int] = []
        for column in columns.array {
            guard case .integer(let place) = column, place >= 1, place <= 65_536 else {
                throw wrong("without a header, columns must be a list of numbers from 1")
            }
            places.append(Int(place) - 1)
        }
        return .list(places)
    }

    private static func flag(
        _ table: LuaTable, _ name: String, wrong: (String) -> LuaArgumentError
    ) throws(LuaArgumentError) -> Bool? {
        switch table[name] {
        case nil: return nil
        case .boolean(let value)?: return value
        default: throw wrong("\(name) must be true or false")
        }
    }
}
