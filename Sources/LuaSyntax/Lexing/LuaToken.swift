/// A token of a source.
package struct LuaToken: Sendable {
    package var kind: LuaTokenKind
    package var range: LuaRange
    /// The line on which it ends, from 1.
    package var line: Int

    /// What a numeral or a string stands for; nil for all other tokens.
    package var value: Value?

    /// The value of a literal.
    package enum Value: Sendable {
        case integer(Int64)
        case number(Double)
        case string([UInt8])
    }
}
