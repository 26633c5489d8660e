/// A name that is used as a value, and what it means there.
package struct LuaReference: Sendable, Hashable {
    package let name: LuaName
    package let target: Target

    /// What a name means.
    package enum Target: Sendable, Hashable {
        /// A local variable: its index in the chunk's variables.
        case local(Int)
        /// A global variable.
        case global
        /// A field of a variable `_ENV` that the script has made.
        case environment
    }
}
