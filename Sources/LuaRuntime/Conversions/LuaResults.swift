/// The results of a Lua call, as Swift types.
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
                throw LuaConversionError("result #\(position + 1): \(error)")
            }
        }
        return (repeat try next((each Result).self))
    }
}
