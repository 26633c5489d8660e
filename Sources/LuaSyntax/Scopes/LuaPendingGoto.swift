/// A jump whose label has not been found yet. `break` is a jump to a label of that name behind the loop.
struct LuaPendingGoto: Sendable {
    let name: LuaName
    let line: Int
    var active: Int
}
