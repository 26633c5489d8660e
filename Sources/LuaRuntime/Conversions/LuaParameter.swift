/// What a Swift function for Lua may take as a parameter: a ``LuaConvertible``, or ``LuaVariadic`` for all that follow.
public protocol LuaParameter: SendableMetatype {
    /// Takes what it needs of the arguments that are left.
    ///
    /// - Throws: ``LuaArgumentError``, which names the argument.
    static func take(from arguments: inout LuaArgumentReader) throws -> Self

    /// Takes what it needs, the first argument and perhaps more, for a function with this one parameter. Need not be written: it is
    /// what ``take(from:)`` takes.
    ///
    /// - Throws: ``LuaArgumentError``, which names the argument.
    static func takeFirst(of call: borrowing LuaCall) throws -> Self
}

extension LuaParameter {
    /// What ``take(from:)`` takes.
    @inlinable
    public static func takeFirst(of call: borrowing LuaCall) throws -> Self {
        var reader = LuaArgumentReader(call)
        return try take(from: &reader)
    }
}

extension LuaConvertible {
    /// Where the argument is not just what the type asks for: converted, or an error.
    @usableFromInline @inline(never)
    static func slowlyTakenFirst(of call: borrowing LuaCall) throws -> Self {
        var reader = LuaArgumentReader(call)
        return try reader.next()
    }
}
