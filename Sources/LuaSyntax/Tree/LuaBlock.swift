/// Statements one after another, with a scope of their own.
package struct LuaBlock: Sendable {
    package let statements: [LuaStatement]
    /// From the first token to before the one that ends it.
    package let range: LuaRange
}
