/// A use of a global variable.
package struct LuaGlobalUse: Sendable, Hashable {
    package let name: LuaName
    package internal(set) var isWrite: Bool
}
