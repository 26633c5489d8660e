extension String: LuaConvertible {
    /// `string`.
    public static var luaTypeName: String { "string" }
    /// A string of the text's UTF-8.
    public func luaValue() -> LuaValue { .string(self) }
    /// The text of a string, which must be valid UTF-8.
    public static func fromLua(_ value: LuaValue) throws -> String {
        guard case .string(let string) = value else { throw LuaConversionError(expected: luaTypeName, got: value) }
        guard let text = string.text else { throw LuaConversionError("valid UTF-8 expected") }
        return text
    }
    /// Takes one argument.
    public static func take(from arguments: inout LuaArgumentReader) throws -> String {
        try arguments.nextText() ?? arguments.next()
    }
    /// Takes the first argument.
    public static func takeFirst(of call: borrowing LuaCall) throws -> String {
        try call.firstText() ?? slowlyTakenFirst(of: call)
    }
    /// Gives one result.
    public func write(to call: inout LuaCall) throws {
        if call.hold(self) { return }
        var text = self
        try text.withUTF8 { try call.append(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension LuaString: LuaConvertible {
    /// `string`.
    public static var luaTypeName: String { "string" }
    /// A string of these bytes.
    public func luaValue() -> LuaValue { .string(self) }
    /// The bytes of a string, whatever they are.
    public static func fromLua(_ value: LuaValue) throws -> LuaString {
        guard case .string(let string) = value else { throw LuaConversionError(expected: luaTypeName, got: value) }
        return string
    }
    /// Gives one result.
    public func write(to call: inout LuaCall) throws {
        try bytes.withUnsafeBytes { try call.append(bytes: $0) }
    }
}
