/// A statement of a source. Semicolons alone are left out.
package struct LuaStatement: Sendable {
    package let kind: Kind
    package let range: LuaRange

    /// What a statement is. Variables are indices in the chunk's variables, labels in its labels.
    package indirect enum Kind: Sendable {
        case local([Int], [LuaExpression])
        case localFunction(Int, LuaFunctionBody)
        /// The function's name as the place that it is assigned to; of a method, that of the method.
        case function(LuaExpression, LuaFunctionBody)
        case assignment([LuaExpression], [LuaExpression])
        case call(LuaExpression)
        case `do`(LuaBlock)
        case `while`(LuaExpression, LuaBlock)
        case `repeat`(LuaBlock, LuaExpression)
        case `if`([LuaClause], LuaBlock?)
        case numericFor(Int, [LuaExpression], LuaBlock)
        case genericFor([Int], [LuaExpression], LuaBlock)
        case `return`([LuaExpression])
        case `break`
        case goto(LuaName)
        case label(Int)
    }
}
