/// A type that is one Lua value and knows how: what `Codable` comes down to.
protocol LuaScalar: LuaConvertible {}

extension Bool: LuaScalar {}
extension String: LuaScalar {}
extension Double: LuaScalar {}
extension Float: LuaScalar {}
extension Int: LuaScalar {}
extension Int8: LuaScalar {}
extension Int16: LuaScalar {}
extension Int32: LuaScalar {}
extension Int64: LuaScalar {}
extension UInt: LuaScalar {}
extension UInt8: LuaScalar {}
extension UInt16: LuaScalar {}
extension UInt32: LuaScalar {}
extension UInt64: LuaScalar {}
