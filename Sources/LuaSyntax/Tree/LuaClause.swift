/// A condition of an `if`, and what follows from it.
package struct LuaClause: Sendable {
    package let condition: LuaExpression
    package let block: LuaBlock
}
