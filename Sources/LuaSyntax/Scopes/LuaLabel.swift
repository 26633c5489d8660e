/// A label, and whether anything goes there.
package struct LuaLabel: Sendable {
    package let name: LuaName
    package internal(set) var isUsed = false
}
