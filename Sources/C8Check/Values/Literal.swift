import LuaSyntax

/// A value that is written out.
enum Literal {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case table([LuaTableField])
    case function

    /// The literal that an expression is; nil for anything that is computed.
    init?(_ expression: LuaExpression) {
        switch expression.kind {
        case .nil: self = .null
        case .true: self = .boolean(true)
        case .false: self = .boolean(false)
        case .integer(let value): self = .integer(value)
        case .number(let value): self = .number(value)
        case .string(let bytes): self = .text(String(decoding: bytes, as: UTF8.self))
        case .table(let fields): self = .table(fields)
        case .function: self = .function
        case .parenthesized(let inner): self.init(inner)
        case .unary(.negate, let operand):
            switch Literal(operand) {
            case .integer(let value): self = .integer(0 &- value)
            case .number(let value): self = .number(-value)
            default: return nil
            }
        default: return nil
        }
    }

    /// The literal in words.
    var shown: String {
        switch self {
        case .null: "nil"
        case .boolean(let value): "\(value)"
        case .integer(let value): "the integer \(value)"
        case .number(let value): "the number \(value)"
        case .text(let text): text.utf8.count > 40 ? "a string" : "the string \"\(text)\""
        case .table: "a table"
        case .function: "a function"
        }
    }
}
