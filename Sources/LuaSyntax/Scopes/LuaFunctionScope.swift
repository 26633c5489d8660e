/// A function that is being read.
struct LuaFunctionScope: Sendable {
    let firstActive: Int
    let firstLabel: Int
    let line: Int
    var isVararg: Bool
    var blocks: [LuaBlockScope] = []
    /// The variables of functions around it that it uses.
    var upvalues: Set<Int> = []
}
