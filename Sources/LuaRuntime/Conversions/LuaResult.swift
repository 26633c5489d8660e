/// What a Swift function for Lua may return, alone or in a tuple.
public protocol LuaResult {
    /// Appends the Lua values that it stands for.
    func append(to results: inout [LuaValue]) throws
}
