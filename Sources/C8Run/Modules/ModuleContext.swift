import C8HTTP
import C8Sandbox
package import LuaRuntime

/// What modules may use of the run they belong to.
package struct ModuleContext: Sendable {
    package let configuration: ScriptHost.Configuration
    let policy: SandboxPolicy
    /// What every module opens files through.
    let files: FileDoor
    /// Where `c8.http` may go.
    let network: NetworkGrants
    /// What `c8.http` sends through; opens nothing before the first request.
    let connections: any HTTPTransport
    let secrets: SecretBox
    package let script: Script
    /// The running script, for functions that call back into it.
    package let lua: ScriptReference
    /// The flows that the script runs, and what their steps write.
    let flows: FlowRuns
    /// The modules of the host that the script may require, by name.
    let modules: [String: HostModule]
    /// The userdata type of `c8.file`.
    let fileReference: LuaObjectType
    /// The table of `c8.json`, which lives in C.
    package let json: LuaValue
}
