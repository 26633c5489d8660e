/// What a Swift function for Lua may return, alone or in a tuple.
public protocol LuaResult: SendableMetatype {
    /// Appends the Lua values that it stands for.
    func append(to results: inout [LuaValue]) throws

    /// Gives the Lua values that it stands for as results of a call. Need not be written: it gives what ``append(to:)`` appends.
    func write(to call: inout LuaCall) throws
}

extension LuaResult {
    /// What ``append(to:)`` appends.
    public func write(to call: inout LuaCall) throws {
        var values: [LuaValue] = []
        try append(to: &values)
        for value in values { try call.append(value) }
    }
}
