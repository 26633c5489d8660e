/// An operator with one operand.
package enum LuaUnaryOperator: String, Sendable {
    case not
    case negate = "-"
    case length = "#"
    case bitNot = "~"

    init?(_ token: LuaTokenKind) {
        switch token {
        case .not: self = .not
        case .minus: self = .negate
        case .hash: self = .length
        case .tilde: self = .bitNot
        default: return nil
        }
    }

    /// How tightly all of them bind (manual §3.4.8).
    static let priority = 12
}
