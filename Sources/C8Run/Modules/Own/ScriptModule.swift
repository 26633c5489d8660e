/// A module of the embedder's own: what `require` gives to scripts under its name.
///
/// ```swift
/// let greet = ScriptModule("greet") { module in
///     module.constant("version", "1.0")
///     module.function("hello") { (name: String) in "Hello, \(name)" }
/// }
/// configuration.modules = [greet]
/// ```
///
/// Every script and session has a module of its own, made when it is first required.
public struct ScriptModule: Sendable {
    /// As in `require "greet"`.
    public let name: String
    let content: Content

    enum Content: Sendable {
        case fields(ScriptModuleFields)
        case source([UInt8])
    }

    /// A module of Swift functions, types and constants.
    public init(_ name: String, _ describe: (inout ScriptModuleFields) throws -> Void) rethrows {
        self.name = name
        var fields = ScriptModuleFields(path: name)
        try describe(&fields)
        content = .fields(fields)
    }

    /// A module that is written in Lua: the source returns it, as a file's would.
    public init(_ name: String, source: String) {
        self.name = name
        content = .source(Array(source.utf8))
    }
}
