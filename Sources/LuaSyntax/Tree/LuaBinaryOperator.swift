/// An operator with two operands.
package enum LuaBinaryOperator: Sendable {
    case or, and, less, greater, lessEqual, greaterEqual, notEqual, equal
    case bitOr, bitXor, bitAnd, shiftLeft, shiftRight, concat
    case add, subtract, multiply, divide, floorDivide, modulo, power

    init?(_ token: LuaTokenKind) {
        switch token {
        case .or: self = .or
        case .and: self = .and
        case .less: self = .less
        case .greater: self = .greater
        case .lessEqual: self = .lessEqual
        case .greaterEqual: self = .greaterEqual
        case .notEqual: self = .notEqual
        case .equal: self = .equal
        case .pipe: self = .bitOr
        case .tilde: self = .bitXor
        case .ampersand: self = .bitAnd
        case .shiftLeft: self = .shiftLeft
        case .shiftRight: self = .shiftRight
        case .concat: self = .concat
        case .plus: self = .add
        case .minus: self = .subtract
        case .star: self = .multiply
        case .slash: self = .divide
        case .doubleSlash: self = .floorDivide
        case .percent: self = .modulo
        case .caret: self = .power
        default: return nil
        }
    }

    /// How tightly it binds to its left and to its right (manual §3.4.8); a smaller right one groups from the right.
    var priority: (left: Int, right: Int) {
        switch self {
        case .or: (1, 1)
        case .and: (2, 2)
        case .less, .greater, .lessEqual, .greaterEqual, .notEqual, .equal: (3, 3)
        case .bitOr: (4, 4)
        case .bitXor: (5, 5)
        case .bitAnd: (6, 6)
        case .shiftLeft, .shiftRight: (7, 7)
        case .concat: (9, 8)
        case .add, .subtract: (10, 10)
        case .multiply, .divide, .floorDivide, .modulo: (11, 11)
        case .power: (14, 13)
        }
    }
}
