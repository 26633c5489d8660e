/// The arguments of a host call, copied: what an asynchronous function gets, and what a synchronous one may ask for.
///
/// Accessors throw what Lua's own library would say: `bad argument #1 to 'sleep' (number expected, got nil)`.
public struct LuaArguments: Sendable {
    /// The name of the function that is called.
    public let function: String
    /// All of them.
    public let values: [LuaValue]

    package init(function: String, values: [LuaValue]) {
        self.function = function
        self.values = values
    }

    /// How many were given.
    public var count: Int { values.count }

    /// The value at a position that counts from 1; nil beyond the last.
    public subscript(position: Int) -> LuaValue {
        position >= 1 && position <= values.count ? values[position - 1] : .nil
    }

    /// Whether the argument is nil or not there.
    public func isNone(_ position: Int) -> Bool {
        if case .nil = self[position] { return true }
        return false
    }

    /// An integer; a number with an integral value, or the text of one, counts.
    public func integer(_ position: Int) throws(LuaArgumentError) -> Int64 {
        switch self[position] {
        case .integer(let value): return value
        case .number(let value):
            if let integer = Int64(exactly: value) { return integer }
            throw error(position, "number has no integer representation")
        case .string(let text):
            if let integer = text.text.flatMap({ Int64($0) }) { return integer }
            throw expected("number", at: position)
        default: throw expected("number", at: position)
        }
    }

    /// A number, or the text of one.
    public func number(_ position: Int) throws(LuaArgumentError) -> Double {
        switch self[position] {
        case .integer(let value): return Double(value)
        case .number(let value): return value
        case .string(let text):
            if let number = text.text.flatMap({ Double($0) }) { return number }
            throw expected("number", at: position)
        default: throw expected("number", at: position)
        }
    }

    /// The bytes of a string or an integer.
    public func string(_ position: Int) throws(LuaArgumentError) -> LuaString {
        switch self[position] {
        case .string(let value): return value
        case .integer(let value): return LuaString(String(value))
        default: throw expected("string", at: position)
        }
    }

    /// A string that must be valid UTF-8.
    public func text(_ position: Int) throws(LuaArgumentError) -> String {
        guard let text = try string(position).text else { throw error(position, "valid UTF-8 expected") }
        return text
    }

    /// A table.
    public func table(_ position: Int) throws(LuaArgumentError) -> LuaTable {
        guard case .table(let table) = self[position] else { throw expected("table", at: position) }
        return table
    }

    /// A function.
    public func function(_ position: Int) throws(LuaArgumentError) -> LuaFunction {
        guard case .function(let function) = self[position] else { throw expected("function", at: position) }
        return function
    }

    /// The error of an argument that has another type: `number expected, got nil`.
    public func expected(_ type: String, at position: Int) -> LuaArgumentError {
        let got = position > values.count ? "no value" : self[position].typeName
        return error(position, "\(type) expected, got \(got)")
    }

    /// The error of an argument that is wrong in some other way.
    public func error(_ position: Int, _ problem: String) -> LuaArgumentError {
        LuaArgumentError(function: function, position: position, problem: problem)
    }
}
