/// What is wrong with a name or a jump.
struct LuaScopeProblem: Sendable {
    let message: String
    let range: LuaRange
}
