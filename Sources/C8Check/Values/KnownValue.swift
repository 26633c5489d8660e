import C8Platform

/// What is known of a value without running anything.
enum KnownValue {
    /// A module, or an object of a class.
    case object(String)
    /// A section of the catalogue, such as `production.orders`.
    case section(String)
    case operation(CatalogueEntry)
    case function(TypeFunction)
    /// A global function or library of Lua, such as `os` or `os.getenv`.
    case standard(String)
    case text(KnownText)
    /// A module of the script's own.
    case module(ScriptModule)
}
