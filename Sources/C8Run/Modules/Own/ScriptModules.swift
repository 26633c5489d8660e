import LuaRuntime

/// The embedder's modules of one host, by their names.
struct ScriptModules: Sendable {
    private let modules: [String: ScriptModule]

    /// What `require` gives for these is Lua's own.
    private static let standard: Set<String> = [
        "_G", "coroutine", "debug", "io", "math", "os", "package", "string", "table", "utf8",
    ]

    /// - Throws: ``ScriptError`` of kind `config` where a name is taken.
    init(_ list: [ScriptModule]) throws(ScriptError) {
        var modules: [String: ScriptModule] = [:]
        for module in list {
            let name = module.name
            let problem: String? =
                if name.isEmpty { "a module needs a name" } else if name == "c8" || name.hasPrefix("c8.") {
                    "the module name '\(name)' is the host's: choose one that does not begin with c8"
                } else if Self.standard.contains(name) {
                    "the module name '\(name)' is Lua's: choose another"
                } else if modules[name] != nil {
                    "there are two modules of the name '\(name)'"
                } else { nil }
            if let problem { throw ScriptError(kind: .config, message: problem) }
            modules[name] = module
        }
        self.modules = modules
    }

    subscript(name: String) -> ScriptModule? { modules[name] }

    var names: [String] { modules.keys.sorted() }

    /// Registers all types: an object may reach the script before it requires the module.
    func defineTypes(in state: LuaState) throws(LuaError) {
        for name in names {
            guard case .fields(let fields)? = modules[name]?.content else { continue }
            for type in fields.types { try state.defineType(of: type.type, name: type.name, type.functions) }
        }
    }
}
