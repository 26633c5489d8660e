/// A name where it stands.
package struct LuaName: Sendable, Hashable {
    package let text: String
    package let range: LuaRange
}
