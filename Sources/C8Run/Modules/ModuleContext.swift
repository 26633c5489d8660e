import C8Sandbox
import LuaRuntime

/// What modules may use of the run they belong to.
struct ModuleContext: Sendable {
    let configuration: ScriptHost.Configuration
    let policy: SandboxPolicy
    /// What every module opens files through.
    let files: FileDoor
    /// The table of `c8.json`, which lives in C.
    let json: LuaValue
}
