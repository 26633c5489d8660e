import Synchronization

/// A store for the callers of one process.
package final class MemoryTokenStore: TokenStore {
    private let records = Mutex<[TokenKey: TokenRecord]>([:])

    package init() {}

    package func read(_ key: TokenKey) -> TokenRecord? { records.withLock { $0[key] } }

    package func reserve(_ key: TokenKey, now: Double, until: Double, latest: Double) -> Int64? {
        records.withLock { records in
            var record = records[key] ?? TokenRecord()
            guard record.fetchAfter <= now || record.fetchAfter > latest else { return nil }
            record.generation += 1
            record.fetchAfter = until
            records[key] = record
            return record.generation
        }
    }

    package func publish(
        _ key: TokenKey, fence: Int64, token: Token?, fetchAfter: Double, refusal: TokenRecord.Refusal?
    ) {
        records.withLock { records in
            guard var record = records[key], record.generation == fence else { return }
            if let token { record.token = token }
            record.fetchAfter = fetchAfter
            record.refusal = refusal
            records[key] = record
        }
    }

    package func clear(_ key: TokenKey) {
        records.withLock { $0[key]?.token = nil }
    }
}
