/// The values of a Lua call, as Swift types and back.
package enum LuaResults {
    /// Converts one value for each type; what is beyond is dropped, and what is missing is nil, as in Lua.
    package static func converted<each Result: LuaConvertible>(
        _ values: [LuaValue], as types: (repeat each Result).Type
    ) throws -> (repeat each Result) {
        var position = 0
        func next<Value: LuaConvertible>(_ type: Value.Type) throws -> Value {
            defer { position += 1 }
            do {
                return try Value.fromLua(position < values.count ? values[position] : .nil)
            } catch let error as LuaConversionError {
                throw error.rooted(at: type).inside(result: position + 1)
            }
        }
        return (repeat try next((each Result).self))
    }

    /// What a Swift function returned, as the values that Lua gets.
    static func values<each Result: LuaResult>(_ results: repeat each Result) throws -> [LuaValue] {
        var values: [LuaValue] = []
        for result in repeat each results { try result.append(to: &values) }
        return values
    }
}
