/// A block that is being read.
struct LuaBlockScope: Sendable {
    /// How many variables of its function could be seen before it.
    let active: Int
    let firstLabel: Int
    let firstGoto: Int
    let isLoop: Bool
}
