import Synchronization

/// A store for the callers of one process.
package final class MemoryTokenStore: TokenStore {
    private let records: Mutex<[TokenKey: TokenRecord]>

    /// A store that begins with what is known from elsewhere.
    package init(_ records: [TokenKey: TokenRecord] = [:]) {
        self.records = Mutex(records)
    }

    package func read(_ key: TokenKey) -> TokenRecord? { records.withLock { $0[key] } }

    package func reserve(_ key: TokenKey, seen: TokenRecord?, until: Moment, holder: String) -> Int64? {
        records.withLock { records in
            var record = records[key]
            guard record?.generation == seen?.generation, record?.fetchAfter == seen?.fetchAfter else { return nil }
            record = record ?? TokenRecord()
            record?.generation += 1
            record?.fetchAfter = until
            record?.holder = holder
            records[key] = record
            return record?.generation
        }
    }

    package func publish(
        _ key: TokenKey, fence: Int64, token: Token?, fetchAfter: Moment, refusal: TokenRecord.Refusal?
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

    /// Puts a record in the place of what is known.
    func set(_ record: TokenRecord, for key: TokenKey) {
        records.withLock { $0[key] = record }
    }
}
