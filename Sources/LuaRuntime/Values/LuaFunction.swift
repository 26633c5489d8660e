/// A Lua function, kept from collection for as long as Swift has it.
///
/// It may be called from any task while the script that it came from runs, or the session lives. After that a call throws.
public struct LuaFunction: Sendable {
    package let reference: LuaReference
}
