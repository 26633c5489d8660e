import C8Sandbox
import LuaRuntime
import Synchronization

/// What `require` finds: the host's modules, and `a/b.lua` or `a/b/init.lua` below the script's folder for `a.b`.
final class ModuleFinder: Sendable {
    private let script: Script
    private let context: ModuleContext
    private let modules: ScriptModules
    private let folder = Mutex<ScriptFolder?>(nil)

    init(script: Script, context: ModuleContext, modules: ScriptModules) {
        self.script = script
        self.context = context
        self.modules = modules
    }

    var function: HostFunction {
        HostFunction.direct("require") { call in
            let name = try call.arguments().text(1)
            if let module = self.context.modules[name] {
                let table = LuaValue.table(LuaTable(fields: module.table(self.context)))
                guard let library = module.library else {
                    if name == JSONModule.module.name {
                        try call.append(self.context.json)
                    } else {
                        try call.append(table)
                    }
                    return
                }
                try call.append(.function(call.load(EmbeddedLibrary.module(library))))
                try call.append(table)
                return
            }
            if let module = self.modules[name] {
                switch module.content {
                case .fields(let fields): try call.append(fields.value)
                case .source(let source): try call.append(.function(call.load(source, chunkName: "=(module \(name))")))
                }
                try call.append(.string(name))
                return
            }
            let (path, source) = try self.file(for: name)
            try call.append(.function(call.load(source, chunkName: "@\(path)")))
            try call.append(.string(path))
        }
    }

    private func file(for name: String) throws -> (path: String, source: [UInt8]) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty && !part.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "/") }
        }
        guard isPlain, let base = script.folder else {
            throw ModuleNotFound(name: name, folder: nil, own: modules.names)
        }
        let folder = try self.folder.withLock { open in
            if let open { return open }
            let made = try ScriptFolder(path: base)
            open = made
            return made
        }
        let relative = parts.joined(separator: "/")
        for candidate in ["\(relative).lua", "\(relative)/init.lua"] {
            if let source = try folder.read(candidate) { return (joined(base, candidate), source) }
        }
        throw ModuleNotFound(name: name, folder: base, own: modules.names)
    }

    private func joined(_ folder: String, _ file: String) -> String {
        folder.isEmpty || folder == "." ? file : folder.hasSuffix("/") ? folder + file : "\(folder)/\(file)"
    }
}
