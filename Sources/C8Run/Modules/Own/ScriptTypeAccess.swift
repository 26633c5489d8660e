import C8Platform
import LuaRuntime

/// Reads and writes the fields of objects that are no methods.
struct ScriptTypeAccess<Object: LuaUserdata>: Sendable {
    let name: String
    let getters: [String: @Sendable (Object) throws -> LuaValue]
    let setters: [String: @Sendable (Object, LuaValue) throws -> Void]
    let methods: Set<String>

    var index: HostFunction {
        .function("__index") { arguments in
            let key = arguments[2]
            guard let field = key.string, let get = getters[field] else {
                throw ScriptTypeFieldError(
                    "a \(name) has no field \(Self.text(key))" + hint(key, among: Set(getters.keys).union(methods)))
            }
            return [try get(try arguments.object(as: Object.self))]
        }
    }

    var newIndex: HostFunction {
        .function("__newindex") { arguments in
            let key = arguments[2]
            guard let field = key.string, let set = setters[field] else {
                let isKnown = key.string.map { getters[$0] != nil || methods.contains($0) } ?? false
                throw ScriptTypeFieldError(
                    isKnown
                        ? "the field \(Self.text(key)) of a \(name) cannot be set"
                        : "a \(name) has no field \(Self.text(key))" + hint(key, among: Set(setters.keys)))
            }
            do {
                try set(try arguments.object(as: Object.self), arguments[3])
            } catch let error as LuaConversionError {
                throw error.inside(field: field)
            }
            return []
        }
    }

    private static func text(_ key: LuaValue) -> String { key.string.map { "'\($0)'" } ?? "\(key)" }

    private func hint(_ key: LuaValue, among names: Set<String>) -> String {
        key.string.map { NearestNames.hint($0, among: names.sorted()) } ?? ""
    }
}

extension LuaArguments {
    /// The object whose field is meant.
    fileprivate func object<Object: LuaUserdata>(as type: Object.Type) throws -> Object {
        do {
            return try Object.fromLua(self[1])
        } catch let error as LuaConversionError {
            throw self.error(0, error.description)
        }
    }
}
