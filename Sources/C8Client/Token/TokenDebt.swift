/// What a store should have of one application and does not, because it could not be written.
struct TokenDebt: Sendable {
    var record: TokenRecord
    /// Its fence is the store's. Another's means something else there, though it be the same number.
    let isOfTheStore: Bool

    /// Brings the store what was fetched without it, unless somebody has fetched there since.
    ///
    /// - Parameter found: the store's record.
    func settle(
        over found: TokenRecord?, in store: any TokenStore, _ key: TokenKey, _ slot: TokenSlot, at now: Moment
    ) async throws {
        var fence: Int64? = record.generation
        if !isOfTheStore || found?.generation != record.generation {
            let theirs = found.map { slot.remaining($0.fetchAfter, at: now) } ?? 0
            guard theirs <= slot.remaining(record.fetchAfter, at: now) else { return }
            fence = try await store.reserve(key, seen: found, until: record.fetchAfter, holder: ProcessName.current)
        }
        guard let fence else { return }
        try await store.publish(
            key, fence: fence, token: record.token, fetchAfter: record.fetchAfter, refusal: record.refusal)
    }
}
