// Whoever imports C8Run works with Lua's values, functions and conversions: one import is to do.
@_exported public import LuaRuntime
