import LuaRuntime

/// A module that `require` finds by name: a table of host functions, perhaps with a Lua file of the embedded library
/// around it, which then gets the table as its second argument.
struct HostModule: Sendable {
    /// As in `require "c8.time"`.
    let name: String
    /// The file of the embedded library that makes the module out of the table; nil where the table is the module.
    var library: String?
    /// Makes the table, when the module is first required.
    let table: @Sendable (ModuleContext) -> [(String, LuaValue)]
}
