package import LuaRuntime

/// A module that `require` finds by name: a table of host functions, perhaps with a Lua file of the embedded library
/// around it, which then gets the table as its second argument.
package struct HostModule: Sendable {
    /// As in `require "c8.time"`.
    package let name: String
    /// The file of the embedded library that makes the module out of the table; nil where the table is the module.
    var library: String?
    /// Makes the table, when the module is first required.
    let table: @Sendable (ModuleContext) -> [(String, LuaValue)]

    /// - Parameters:
    ///   - library: a file of the embedded library, such as `c8/time.lua`.
    ///   - table: called once for each script that requires the module.
    package init(
        name: String, library: String? = nil, table: @escaping @Sendable (ModuleContext) -> [(String, LuaValue)]
    ) {
        self.name = name
        self.library = library
        self.table = table
    }
}
