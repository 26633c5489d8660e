/// What becomes of a call whose token store cannot be used.
package enum StoreUse: Sendable {
    /// It goes on with a token of this process's own, and a warning.
    case goesOnWithout
    /// It fails: what was asked for concerns the store itself.
    case insists
}
