import C8HTTP
import C8Sandbox
import LuaRuntime

/// What modules may use of the run they belong to.
struct ModuleContext: Sendable {
    let configuration: ScriptHost.Configuration
    let policy: SandboxPolicy
    /// What every module opens files through.
    let files: FileDoor
    /// Where `c8.http` may go.
    let network: NetworkGrants
    /// What `c8.http` sends through; opens nothing before the first request.
    let connections: any HTTPTransport
    let secrets: SecretBox
    let script: Script
    /// The running script, for functions that call back into it.
    let lua: ScriptReference
    /// The flows that the script runs, and what their steps write.
    let flows: FlowRuns
    /// The userdata type of `c8.file`.
    let fileReference: LuaObjectType
    /// The table of `c8.json`, which lives in C.
    let json: LuaValue
}
