/// How a script ended that raised nothing.
public struct ScriptResult: Sendable {
    /// What `os.exit` gave, else 0.
    public var exitStatus: Int32
    /// The most memory that Lua held, in bytes.
    public var memoryPeak: Int
}
