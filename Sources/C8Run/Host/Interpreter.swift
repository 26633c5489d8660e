import LuaRuntime

/// What is to be said of the interpreter behind the host.
package enum Interpreter {
    /// The release, such as `Lua 5.4.6`.
    package static var release: String { LuaLibrary.release }

    /// False where `__concat` can corrupt memory: the host then closes it off.
    package static var isSound: Bool { LuaLibrary.concatenatesSoundly }
}
