/// A function: its parameters and what it does.
package struct LuaFunctionBody: Sendable {
    /// The variables of the parameters, `self` of a method first.
    package let parameters: [Int]
    package let isVararg: Bool
    /// Whether `self` is among the parameters without being written.
    package let isMethod: Bool
    package let block: LuaBlock
    /// From the parameters to `end`.
    package let range: LuaRange
}
