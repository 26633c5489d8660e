public import LuaRuntime

/// How a script ended that raised nothing.
public struct ScriptResult: Sendable {
    /// What `os.exit` gave, else 0.
    public var exitStatus: Int32
    /// What the script's text returned; nothing after `os.exit`.
    public var values: [LuaValue]
    /// The most memory that Lua held, in bytes.
    public var memoryPeak: Int
    /// How long it ran, by the wall clock.
    public var duration: Duration
    /// What it printed, where that was captured: see ``ScriptOutput/capture``.
    public var standardOutput = LuaString("")
    /// What it wrote to `io.stderr`, where that was captured.
    public var standardError = LuaString("")

    /// What the script returned, as Swift types: `as: Order.self`, or `as: (Int, String).self`.
    ///
    /// - Throws: ``LuaConversionError``, which names the field that is of another type.
    public func values<each Value: LuaConvertible>(
        as types: (repeat each Value).Type
    ) throws -> (repeat each Value) {
        try LuaResults.converted(values, as: (repeat each Value).self)
    }
}
