import CLuaBoundary

/// The Lua library that this process uses.
package enum LuaLibrary {
    /// The release that the host was built with, as in `Lua 5.4.4`.
    package static var release: String { String(cString: clb_library_release()) }

    /// Whether a `__concat` that moves the stack is harmless (upstream 603b2c64); found out by trying it.
    package static var concatenatesSoundly: Bool { clb_library_concatenates_soundly() }
}
