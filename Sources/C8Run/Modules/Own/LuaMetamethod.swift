/// What Lua asks a value's metatable for (reference manual §2.4), as far as a Swift type may answer it. Fields are answered by
/// properties and methods.
public enum LuaMetamethod: String, Sendable, CaseIterable {
    /// `tostring(a)`.
    case tostring = "__tostring"
    /// `a == b`, for two objects that are not the same.
    case equal = "__eq"
    /// `a < b`.
    case lessThan = "__lt"
    /// `a <= b`.
    case lessOrEqual = "__le"
    /// `#a`.
    case length = "__len"
    /// `a(…)`.
    case call = "__call"
    /// The end of the block in which `local a <close>` was declared; the second argument is the error, if one ends it.
    case close = "__close"
    /// `pairs(a)`: gives an iterator, a state and a first key.
    case pairs = "__pairs"
    /// `a .. b`.
    case concatenate = "__concat"
    /// `a + b`.
    case add = "__add"
    /// `a - b`.
    case subtract = "__sub"
    /// `a * b`.
    case multiply = "__mul"
    /// `a / b`.
    case divide = "__div"
    /// `a // b`.
    case floorDivide = "__idiv"
    /// `a % b`.
    case modulo = "__mod"
    /// `a ^ b`.
    case power = "__pow"
    /// `-a`.
    case negate = "__unm"
    /// `a & b`.
    case bitAnd = "__band"
    /// `a | b`.
    case bitOr = "__bor"
    /// `a ~ b`.
    case bitXor = "__bxor"
    /// `~a`.
    case bitNot = "__bnot"
    /// `a << b`.
    case shiftLeft = "__shl"
    /// `a >> b`.
    case shiftRight = "__shr"
}
