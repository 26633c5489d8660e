/// What a Swift function for Lua may take as a parameter: a ``LuaConvertible``, or ``LuaVariadic`` for all that follow.
public protocol LuaParameter {
    /// Takes what it needs of the arguments that are left.
    ///
    /// - Throws: ``LuaArgumentError``, which names the argument.
    static func take(from arguments: inout LuaArgumentReader) throws -> Self
}
