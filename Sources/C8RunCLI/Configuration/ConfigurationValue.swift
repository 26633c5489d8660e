/// A value of a configuration file, free of the parser's own types.
enum ConfigurationValue: Sendable, Equatable {
    case string(String)
    case integer(Int64)
    case number(Double)
    case boolean(Bool)
    case date
    case array([ConfigurationValue])
    case table([String: ConfigurationValue])

    /// The kind in the words of an error message: `a string`, `an integer`.
    var kindName: String {
        switch self {
        case .string: "a string"
        case .integer: "an integer"
        case .number: "a decimal number"
        case .boolean: "a boolean"
        case .date: "a date or time"
        case .array: "an array"
        case .table: "a table"
        }
    }
}
