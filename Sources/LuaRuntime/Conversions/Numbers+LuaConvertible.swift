extension Bool: LuaConvertible {
    /// `boolean`.
    public static var luaTypeName: String { "boolean" }
    /// A boolean.
    public func luaValue() -> LuaValue { .boolean(self) }
    /// The boolean; nothing else counts as one.
    public static func fromLua(_ value: LuaValue) throws -> Bool {
        guard let flag = value.boolean else { throw LuaConversionError(expected: luaTypeName, got: value) }
        return flag
    }
    /// Takes one argument.
    @inlinable
    public static func take(from arguments: inout LuaArgumentReader) throws -> Bool {
        try arguments.nextBoolean() ?? arguments.next()
    }
    /// Takes the first argument.
    @inlinable
    public static func takeFirst(of call: borrowing LuaCall) throws -> Bool {
        try call.firstBoolean() ?? slowlyTakenFirst(of: call)
    }
    /// Gives one result.
    @inlinable
    public func write(to call: inout LuaCall) throws { try call.append(self) }
}

/// Integers are exact: a value that does not fit is an error in both directions.
extension LuaConvertible where Self: FixedWidthInteger {
    /// `number`, as Lua calls it.
    public static var luaTypeName: String { "number" }

    /// An integer.
    public func luaValue() throws -> LuaValue {
        guard let integer = Int64(exactly: self) else {
            throw LuaConversionError("\(self) does not fit into an integer of Lua")
        }
        return .integer(integer)
    }

    /// The integer; a float with an integral value counts.
    public static func fromLua(_ value: LuaValue) throws -> Self {
        switch value {
        case .integer(let integer):
            guard let result = Self(exactly: integer) else {
                throw LuaConversionError("number out of range: \(min) to \(max) expected, got \(integer)")
            }
            return result
        case .number(let number):
            guard let result = Self(exactly: number) else {
                throw LuaConversionError("number has no integer representation")
            }
            return result
        default: throw LuaConversionError(expected: luaTypeName, got: value)
        }
    }

    /// Takes one argument.
    @inlinable
    public static func take(from arguments: inout LuaArgumentReader) throws -> Self {
        if let integer = arguments.nextInteger(from: Int64(clamping: min), to: Int64(clamping: max)) {
            return Self(truncatingIfNeeded: integer)
        }
        return try arguments.next()
    }

    /// Takes the first argument.
    @inlinable
    public static func takeFirst(of call: borrowing LuaCall) throws -> Self {
        if let integer = call.firstInteger(from: Int64(clamping: min), to: Int64(clamping: max)) {
            return Self(truncatingIfNeeded: integer)
        }
        return try slowlyTakenFirst(of: call)
    }

    /// Gives one result.
    @inlinable
    public func write(to call: inout LuaCall) throws {
        guard let integer = Int64(exactly: self) else { return try call.append(try luaValue()) }
        try call.append(integer)
    }
}

extension Int: LuaConvertible {}
extension Int8: LuaConvertible {}
extension Int16: LuaConvertible {}
extension Int32: LuaConvertible {}
extension Int64: LuaConvertible {}
extension UInt: LuaConvertible {}
extension UInt8: LuaConvertible {}
extension UInt16: LuaConvertible {}
extension UInt32: LuaConvertible {}
extension UInt64: LuaConvertible {}

extension LuaConvertible where Self: BinaryFloatingPoint {
    /// `number`.
    public static var luaTypeName: String { "number" }
    /// A float.
    public func luaValue() -> LuaValue { .number(Double(self)) }
    /// The number, integers included.
    public static func fromLua(_ value: LuaValue) throws -> Self {
        guard let number = value.number else { throw LuaConversionError(expected: luaTypeName, got: value) }
        return Self(number)
    }
    /// Takes one argument.
    @inlinable
    public static func take(from arguments: inout LuaArgumentReader) throws -> Self {
        if let number = arguments.nextNumber() { return Self(number) }
        return try arguments.next()
    }
    /// Takes the first argument.
    @inlinable
    public static func takeFirst(of call: borrowing LuaCall) throws -> Self {
        if let number = call.firstNumber() { return Self(number) }
        return try slowlyTakenFirst(of: call)
    }
    /// Gives one result.
    @inlinable
    public func write(to call: inout LuaCall) throws { try call.append(Double(self)) }
}

extension Double: LuaConvertible {}
extension Float: LuaConvertible {}
