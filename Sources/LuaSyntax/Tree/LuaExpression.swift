/// An expression of a source.
///
/// Chains that Lua reads in a loop are lists here, so the depth of a tree is bounded by the levels of its text.
package struct LuaExpression: Sendable {
    package let kind: Kind
    package let range: LuaRange

    /// What an expression is.
    package indirect enum Kind: Sendable {
        case `nil`
        case `true`
        case `false`
        /// `...`
        case vararg
        case integer(Int64)
        case number(Double)
        case string([UInt8])
        case function(LuaFunctionBody)
        case name(LuaReference)
        case parenthesized(LuaExpression)
        case table([LuaTableField])
        case unary(LuaUnaryOperator, LuaExpression)
        /// The first operand and what follows, grouped from the left.
        case binary(LuaExpression, [LuaOperation])
        /// What stands first, and the accesses and calls behind it.
        case suffixed(LuaExpression, [LuaSuffix])
        /// Something stood here that is no expression.
        case missing
    }

    /// The text of a string literal; nil for anything else.
    package var text: String? {
        if case .string(let bytes) = kind { String(decoding: bytes, as: UTF8.self) } else { nil }
    }

    /// Whether it may give any number of values: a call, or `...`.
    package var isMultiple: Bool {
        switch kind {
        case .vararg: true
        case .suffixed(_, let suffixes): suffixes.last.map { $0.isCall } ?? false
        default: false
        }
    }
}
