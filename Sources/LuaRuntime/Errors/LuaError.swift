/// An error that Lua code raised, or the end of a script by a limit or by its host.
public struct LuaError: Error, Sendable, CustomStringConvertible {
    /// What raised it.
    public enum Kind: Sendable, Hashable {
        /// Raised by the script, or by a host function and not caught.
        case runtime
        /// The text does not compile.
        case syntax
        /// Ended by a limit, or by its host.
        case stopped(StopReason)
        /// The call could not be made: a value that cannot go to Lua.
        case host
        /// The script or session that was called has ended.
        case ended
    }

    /// What raised it.
    public let kind: Kind
    /// The error value, copied; `reference` is the value itself.
    public let value: LuaValue
    /// The error as text, with the script's position before it where it has one.
    public let message: String
    /// Script frames from the innermost out, as `name.lua:12: in function 'f'`.
    public let traceback: [String]
    /// The Swift error behind it, if a host function threw one.
    public let cause: (any Error)?
    /// `script.lua:12` where a stop struck, if it struck in the script's own text.
    package let stopPosition: String?
    /// The error value itself: thrown back into the same script, Lua sees the identical value.
    let reference: LuaReference?

    init(
        kind: Kind, value: LuaValue = .nil, message: String, traceback: [String] = [], cause: (any Error)? = nil,
        stopPosition: String? = nil, reference: LuaReference? = nil
    ) {
        self.kind = kind
        self.value = value
        self.message = message
        self.traceback = traceback
        self.cause = cause
        self.stopPosition = stopPosition
        self.reference = reference
    }

    /// What a script would see of an error, without any script having raised it.
    init(_ cause: any LuaErrorConvertible) {
        self.init(
            kind: .runtime, value: .table(LuaTable(fields: cause.luaFields)), message: cause.luaMessage, cause: cause)
    }

    /// What was called has ended; the message says which.
    package static func ended(_ message: String) -> LuaError { LuaError(kind: .ended, message: message) }

    /// The message.
    public var description: String { message }
}
