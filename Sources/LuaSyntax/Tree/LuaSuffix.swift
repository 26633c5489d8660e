/// What stands behind an expression: an access or a call.
package struct LuaSuffix: Sendable {
    package let kind: Kind
    /// From its first byte; the expression before it is not in it.
    package let range: LuaRange

    /// What a suffix does.
    package enum Kind: Sendable {
        /// `.name`
        case member(LuaName)
        /// `[key]`
        case index(LuaExpression)
        /// `(arguments)`
        case call([LuaExpression])
        /// `:name(arguments)`
        case method(LuaName, [LuaExpression])
    }

    /// Whether it is a call.
    package var isCall: Bool {
        switch kind {
        case .call, .method: true
        case .member, .index: false
        }
    }
}
