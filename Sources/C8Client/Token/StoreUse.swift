/// What becomes of a call whose token store cannot be used.
package enum StoreUse: Sendable {
    /// It goes on with a token of this process's own, and a warning.
    case goesOnWithout
    /// It goes on with the token that this process has, while that is good. It fetches none: other machines cannot be told.
    case keepsToken
    /// It fails: what was asked for concerns the store itself.
    case insists
}
