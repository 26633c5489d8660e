/// A field of a table constructor.
package struct LuaTableField: Sendable {
    package let key: Key
    package let value: LuaExpression
    package let range: LuaRange

    /// Where a value goes.
    package enum Key: Sendable {
        /// At the next number.
        case next
        /// `name = …`
        case name(LuaName)
        /// `[key] = …`
        case computed(LuaExpression)
    }
}
