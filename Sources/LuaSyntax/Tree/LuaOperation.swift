/// An operator with what stands behind it.
package struct LuaOperation: Sendable {
    package let `operator`: LuaBinaryOperator
    package let operand: LuaExpression
}
