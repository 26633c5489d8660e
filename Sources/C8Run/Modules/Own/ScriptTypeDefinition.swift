import LuaRuntime

/// A described type, as a state registers it.
struct ScriptTypeDefinition: Sendable {
    let type: any LuaUserdata.Type
    let name: String
    let functions: [HostFunction]
}
