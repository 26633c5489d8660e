import C8HTTP
import C8Sandbox
import LuaRuntime

/// What is in every script's state before its first line: `require`, `arg`, and the parts of `os` and `io` that only the
/// host can answer.
struct GlobalsModule {
    let configuration: ScriptHost.Configuration
    let script: Script
    let arguments: [String]
    let network: NetworkGrants
    let secrets: [String: OpaqueSecret]
    let connections: any HTTPTransport
    let flows: FlowRuns
    let modules: ScriptModules
    let lua = ScriptReference()

    func install(in state: LuaState) throws(LuaError) {
        var policy = configuration.grants.policy
        if let ceiling = configuration.ceiling { policy.ceilings = [ceiling.policy] }
        let context = ModuleContext(
            configuration: configuration, policy: policy,
            files: FileDoor(grants: configuration.grants.fileGrants, ceiling: configuration.ceiling?.files),
            network: network, connections: connections, secrets: try SecretBox(secrets, in: state),
            script: script, lua: lua, flows: flows, modules: HostModule.known(configuration),
            fileReference: try state.defineType("file", FileReference.methods),
            json: try state.jsonLibrary())
        try modules.defineTypes(in: state)
        let finder = ModuleFinder(script: script, context: context, modules: modules)
        try state.start([
            ("find", .hostFunction(finder.function)),
            ("arg", .table(argumentTable)),
            ("getenv", .hostFunction(EnvironmentModule.getenv(context))),
            ("exit", .hostFunction(Self.exit)),
            ("write", .hostFunction(Self.write(configuration))),
            ("write_error", .hostFunction(Self.writeError(configuration))),
            ("read", .hostFunction(StandardInputReader().function)),
            ("deny", .hostFunction(Self.deny)),
            ("raise", .hostFunction(Self.raise)),
            ("load_support", .hostFunction(EmbeddedLibrary.loader("c8/_support.lua"))),
        ])
    }

    /// `arg[0]` is the script's name, as in Lua's own interpreter (manual §7).
    private var argumentTable: LuaTable {
        LuaTable(
            array: arguments.map { .string($0) },
            pairs: [LuaTable.Pair(key: .integer(0), value: .string(script.name))])
    }

    /// `os.exit([code[, close]])` (manual §6.9); the state is always closed.
    private static let exit = HostFunction.direct("exit") { call in
        let arguments = try call.arguments()
        switch arguments[1] {
        case .nil: call.exitScript(status: 0)
        case .boolean(let success): call.exitScript(status: success ? 0 : 1)
        default: call.exitScript(status: Int32(truncatingIfNeeded: try arguments.integer(1)))
        }
    }

    private static func write(_ configuration: ScriptHost.Configuration) -> HostFunction {
        HostFunction.direct("write") { call in try configuration.standardOutput(call.string(1).bytes) }
    }

    private static func writeError(_ configuration: ScriptHost.Configuration) -> HostFunction {
        HostFunction.direct("write") { call in configuration.standardError(try call.string(1).bytes) }
    }

    /// Raises an error of kind `invalid`, at the line of the script.
    private static let raise = HostFunction.function("raise") { arguments in
        throw ScriptMistake(luaMessage: try arguments.string(1).description)
    }

    private static let deny = HostFunction.function("deny") { arguments in
        throw SandboxDenial(wanted: "use \(try arguments.text(1))", remedy: "files and processes are denied by default")
    }
}
