/// A Lua function. Call it through the state or script that it came from.
package struct LuaFunction: Sendable {
    package let reference: LuaReference
}
