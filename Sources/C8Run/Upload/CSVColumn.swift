import LuaRuntime

/// The column of a table that holds the values.
enum CSVColumn: Sendable, CustomStringConvertible {
    case named(String)
    /// From 0, of a table whose first row is one like the others, or names the columns.
    case place(Int, hasHeader: Bool)

    init(
        _ column: LuaValue?, hasHeader: LuaValue?, wrong: (String) -> LuaArgumentError
    ) throws(LuaArgumentError) {
        var header = false
        if case .boolean(let flag)? = hasHeader { header = flag }
        switch column {
        case nil: self = .place(0, hasHeader: header)
        case .string(let name)?: self = .named(name.description)
        case .integer(let place)? where place >= 1 && place <= 65_536:
            self = .place(Int(place) - 1, hasHeader: header)
        default: throw wrong("field column: a name, or a number from 1 expected")
        }
    }

    var hasHeader: Bool {
        switch self {
        case .named: true
        case .place(_, let hasHeader): hasHeader
        }
    }

    var description: String {
        switch self {
        case .named(let name): "column \(name)"
        case .place(let place, let hasHeader): "column \(place + 1)\(hasHeader ? " below the header" : "")"
        }
    }
}
