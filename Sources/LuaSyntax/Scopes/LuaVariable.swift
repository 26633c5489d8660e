/// A local variable, and where it is used.
package struct LuaVariable: Sendable {
    package let name: LuaName
    package let kind: Kind
    package let attribute: Attribute?
    /// The function that it belongs to: the number of functions around it.
    package let depth: Int
    /// Where its value is asked for.
    package internal(set) var reads: [LuaRange] = []
    /// Where it is assigned to after its declaration.
    package internal(set) var writes: [LuaRange] = []
    /// Whether a function inside of its own uses it.
    package internal(set) var isCaptured = false
    /// The variable of the same name that it hides; nil where there is none.
    package internal(set) var hides: Int?
    /// Where it can be seen.
    package internal(set) var scope: LuaRange

    /// How a variable came to be.
    package enum Kind: Sendable {
        case local
        case function
        case parameter
        /// The `self` of a method.
        case implicitSelf
        case loop
    }

    /// What stands in angle brackets (manual §3.3.7).
    package enum Attribute: String, Sendable {
        case const
        case close
    }
}
