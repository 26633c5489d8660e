/// A label that can be jumped to from here.
struct LuaVisibleLabel: Sendable {
    /// Nil for the one behind a loop.
    let index: Int?
    let name: String
    let line: Int
    let active: Int
}
