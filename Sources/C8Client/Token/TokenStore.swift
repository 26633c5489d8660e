/// Where tokens are shared: by the callers of one process, or by all processes of a machine.
///
/// The platform hands out one token a minute. The store keeps that rule by reservation: the slot is taken, durably,
/// before the platform is called, so a process that dies costs a wait and never a second call. A store knows no time: whether
/// a slot is free is decided by ``TokenSlot``, from a record, and the store sees to it that nobody changed that meanwhile.
package protocol TokenStore: AnyObject, Sendable {
    /// The record, or nil where there is none or it cannot be understood.
    func read(_ key: TokenKey) async throws -> TokenRecord?

    /// Takes the slot: sets `fetchAfter` and `holder`, and returns the fence to publish with.
    ///
    /// - Parameters:
    ///   - seen: the record by which the slot is free, as it was read; nil where there was none.
    ///   - until: when the reservation ends, if nobody publishes before.
    ///   - holder: who takes it, for people to read.
    /// - Returns: nil where the slot is not as it was seen: look again.
    func reserve(_ key: TokenKey, seen: TokenRecord?, until: Moment, holder: String) async throws -> Int64?

    /// Ends a reservation. Does nothing unless `fence` is still the newest.
    ///
    /// - Parameter token: the new token; nil leaves the old one.
    func publish(
        _ key: TokenKey, fence: Int64, token: Token?, fetchAfter: Moment, refusal: TokenRecord.Refusal?
    ) async throws

    /// Forgets the token, and keeps when the next may be fetched.
    func clear(_ key: TokenKey) async throws
}
