/// Where tokens are shared: by the callers of one process, or by all processes of a machine.
///
/// The platform hands out one token a minute. The store keeps that rule by reservation: the slot is taken, durably,
/// before the platform is called, so a process that dies costs a wait and never a second call.
package protocol TokenStore: AnyObject, Sendable {
    /// The record, or nil where there is none or it cannot be understood.
    func read(_ key: TokenKey) async throws -> TokenRecord?

    /// Takes the slot if it is free at `now`: sets `fetchAfter` to `until`, and returns the fence to publish with.
    ///
    /// - Parameter latest: a `fetchAfter` beyond this is a clock's mistake and binds nobody.
    /// - Returns: nil where somebody else has the slot.
    func reserve(_ key: TokenKey, now: Double, until: Double, latest: Double) async throws -> Int64?

    /// Ends a reservation. Does nothing unless `fence` is still the newest.
    ///
    /// - Parameter token: the new token; nil leaves the old one.
    func publish(
        _ key: TokenKey, fence: Int64, token: Token?, fetchAfter: Double, refusal: TokenRecord.Refusal?
    ) async throws

    /// Forgets the token, and keeps when the next may be fetched.
    func clear(_ key: TokenKey) async throws
}
