package import C8Platform
package import LuaRuntime
import OrderedCollections

/// Lua values as JSON. What JSON cannot hold is an error that names its place: `body.items[3].weight is NaN`.
package struct LuaJSON {
    /// The JSON form of a request's body.
    ///
    /// - Parameters:
    ///   - name: what the value is called in messages.
    ///   - text: the string that a userdata stands for, where it stands for one.
    package static func value(
        of value: LuaValue, name: String, text: @escaping (LuaValue) -> String? = { _ in nil }
    ) throws(LuaJSONError) -> JSONValue {
        do {
            return try LuaJSON(text: text).convert(value)
        } catch {
            throw error.below(name)
        }
    }

    private let text: (LuaValue) -> String?

    private func convert(_ value: LuaValue) throws(LuaJSONError) -> JSONValue {
        switch value {
        case .nil, .null: return .null
        case .boolean(let flag): return .bool(flag)
        case .integer(let integer): return .integer(integer)
        case .number(let number):
            if number.isNaN { throw LuaJSONError(problem: "is NaN") }
            if number.isInfinite { throw LuaJSONError(problem: "is infinite") }
            return .number(number)
        case .string(let string):
            guard let text = string.text else {
                throw LuaJSONError(
                    problem: "is not valid UTF-8 (encode bytes with c8.crypto.base64 or hex)")
            }
            return .string(text)
        case .table(let table): return try convert(table)
        case .cycle: throw LuaJSONError(problem: "contains itself (a cycle)")
        case .tooDeep: throw LuaJSONError(problem: "is nested too deep")
        case .object:
            guard let text = text(value) else { throw LuaJSONError(problem: "is a \(value.typeName)") }
            return .string(text)
        case .function, .opaque, .hostFunction, .json:
            throw LuaJSONError(problem: "is a \(value.typeName)")
        }
    }

    private func convert(_ table: LuaTable) throws(LuaJSONError) -> JSONValue {
        if table.mark == .object || (table.array.isEmpty && table.mark != .array) || !table.pairs.isEmpty {
            return .object(try members(table))
        }
        var elements: [JSONValue] = []
        elements.reserveCapacity(table.array.count)
        for (index, element) in table.array.enumerated() {
            do throws(LuaJSONError) {
                if case .nil = element {
                    throw LuaJSONError(problem: "is nil inside an array (use c8.json.null, or close the gap)")
                }
                elements.append(try convert(element))
            } catch {
                throw error.below("[\(index + 1)]")
            }
        }
        return .array(elements)
    }

    /// Names are sorted: Lua's own order differs from run to run, and equal bodies should be equal requests.
    private func members(_ table: LuaTable) throws(LuaJSONError) -> OrderedDictionary<String, JSONValue> {
        if table.mark != .object, !table.array.isEmpty || table.mark == .array {
            throw LuaJSONError(problem: "has both names and array positions")
        }
        var named: [(String, LuaValue)] = []
        for (index, value) in table.array.enumerated() { named.append((String(index + 1), value)) }
        for pair in table.pairs {
            switch pair.key {
            case .string(let key):
                guard let text = key.text else {
                    throw LuaJSONError(problem: "has a name that is not valid UTF-8")
                }
                named.append((text, pair.value))
            case .integer(let key) where table.mark == .object: named.append((String(key), pair.value))
            case .integer:
                throw LuaJSONError(
                    problem: "is an array with gaps (use c8.json.null, or c8.json.object for integer names)"
                )
            default: throw LuaJSONError(problem: "has a key of type \(pair.key.typeName)")
            }
        }
        named.sort { $0.0 < $1.0 }
        var members: OrderedDictionary<String, JSONValue> = [:]
        for (name, value) in named {
            // As a string and a number, or spelt in two ways that Unicode holds equal: one would be lost without a word.
            guard members[name] == nil else { throw LuaJSONError(problem: "has two fields of the name \(name)") }
            do throws(LuaJSONError) {
                members[name] = try convert(value)
            } catch {
                throw error.below(".\(name)")
            }
        }
        return members
    }
}
