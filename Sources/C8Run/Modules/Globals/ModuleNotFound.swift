import LuaRuntime

/// `require` found nothing by that name.
struct ModuleNotFound: LuaErrorConvertible {
    let name: String
    let folder: String?
    /// The embedder's modules.
    let own: [String]

    var luaMessage: String {
        if name == "c8.test" { return "module 'c8.test' not found: c8.test is there under c8run test alone" }
        let nearest = (HostModule.all.keys.filter { $0.hasPrefix("c8") }.sorted() + own).joined(separator: ", ")
        guard let folder else { return "module '\(name)' not found: not one of \(nearest)" }
        let path = name.split(separator: ".").joined(separator: "/")
        return
            "module '\(name)' not found: neither \(path).lua nor \(path)/init.lua below \(folder.isEmpty ? "." : folder), "
            + "nor one of \(nearest)"
    }

    var luaFields: [(String, LuaValue)] { [("kind", .string("invalid"))] }
}
