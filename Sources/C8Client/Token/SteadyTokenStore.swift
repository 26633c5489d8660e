import Logging
import Synchronization

/// The store as the token source sees it: opened when first needed, and done without while it cannot be used.
///
/// Without it, the process keeps to itself what it last read there, the time of the next fetch above all, so that a full or
/// read-only disk costs no call and no second fetch within the interval. With each new slot the store is tried again, and
/// gets what was fetched meanwhile.
final class SteadyTokenStore: Sendable {
    private struct State {
        var store: (any TokenStore)?
        /// There while the store is done without.
        var bypass: MemoryTokenStore?
        /// What was last read in the store.
        var seen: [TokenKey: TokenRecord] = [:]
        /// What the store should have and does not.
        var owed: [TokenKey: TokenDebt] = [:]
        /// The reservations that were made there, by their fences; others were made without it.
        var reserved: [TokenKey: Int64] = [:]
        /// The failure that the operator was last told of.
        var told: String?
        /// The last failure, for those who cannot go on.
        var failure: ClientError?
    }

    /// Somebody who has the store locked is waited for so long, in seconds: as long as a call may take by default.
    private static let busyPatience = 30.0
    /// Seconds after which the operator is told of such a wait.
    private static let busyTelling = 5.0

    private let open: @Sendable () async throws -> any TokenStore
    private let use: StoreUse
    private let clock: any ClientClock
    private let logger: Logger
    private let state = Mutex(State())

    init(
        use: StoreUse, clock: any ClientClock, logger: Logger,
        open: @escaping @Sendable () async throws -> any TokenStore
    ) {
        self.open = open
        self.use = use
        self.clock = clock
        self.logger = logger
    }

    /// Whether the process keeps its tokens to itself at the moment.
    var isBypassed: Bool { state.withLock { $0.bypass != nil } }

    /// Somebody wants a token, or another slot begins: a store that failed before may be whole again.
    func begin(_ key: TokenKey, slot: TokenSlot) async throws(ClientError) {
        guard let bypass = state.withLock({ $0.bypass }) else { return }
        do {
            let store = try await opened()
            let found = try await store.read(key)
            if let debt = state.withLock({ $0.owed[key] }) {
                do {
                    try await debt.settle(over: found, in: store, key, slot, at: clock.moment())
                } catch {
                    // Readable and no more: what others publish there is still worth having.
                    adopt(found, key, slot, into: bypass)
                    throw error
                }
            }
            state.withLock { state in
                state.owed[key] = nil
                state.seen[key] = found
                // What is owed of another application is settled when that is asked for.
                if state.owed.isEmpty { state.bypass = nil }
            }
        } catch is CancellationError {
            throw .cancelledWait
        } catch {
            // Told already; the next slot brings the next try.
        }
    }

    /// See ``TokenStore/read(_:)``.
    func read(_ key: TokenKey) async throws(ClientError) -> TokenRecord? {
        if let bypass = state.withLock({ $0.bypass }) { return bypass.read(key) }
        do {
            let record = try await whenFree { try await $0.read(key) }
            state.withLock { $0.seen[key] = record }
            return record
        } catch {
            return try goOn(without: error).read(key)
        }
    }

    /// See ``TokenStore/reserve(_:seen:until:holder:)``.
    func reserve(
        _ key: TokenKey, seen: TokenRecord?, until: Moment, holder: String
    ) async throws(ClientError) -> Int64? {
        if state.withLock({ $0.bypass }) == nil {
            do {
                let fence = try await whenFree {
                    try await $0.reserve(key, seen: seen, until: until, holder: holder)
                }
                if let fence {
                    state.withLock { state in
                        state.told = nil
                        state.reserved[key] = fence
                    }
                }
                return fence
            } catch {
                _ = try goOn(without: error)
            }
        }
        // Others fetch, too, and would not know of it.
        if use == .keepsToken, let failure = state.withLock({ $0.failure }) { throw failure }
        return state.withLock { state in
            state.reserved[key] = nil
            return state.bypass
        }?.reserve(key, seen: seen, until: until, holder: holder)
    }

    /// See ``TokenStore/publish(_:fence:token:fetchAfter:refusal:)``. Where it fails the process keeps the result to itself,
    /// and the others wait for the end of the reservation.
    func publish(
        _ key: TokenKey, fence: Int64, token: Token?, fetchAfter: Moment, refusal: TokenRecord.Refusal?
    ) async {
        let isOfTheStore = state.withLock { $0.reserved[key] } == fence
        if isOfTheStore {
            do {
                return try await whenFree {
                    try await $0.publish(key, fence: fence, token: token, fetchAfter: fetchAfter, refusal: refusal)
                }
            } catch {
                goOnInMemory(because: error)
            }
        }
        state.withLock { state in
            var record = state.bypass?.read(key) ?? TokenRecord()
            record.generation = fence
            record.token = token ?? record.token
            record.fetchAfter = fetchAfter
            record.refusal = refusal
            state.bypass?.set(record, for: key)
            state.owed[key] = TokenDebt(record: record, isOfTheStore: isOfTheStore)
        }
    }

    /// See ``TokenStore/clear(_:)``.
    func clear(_ key: TokenKey) async throws(ClientError) {
        do {
            try await whenFree { try await $0.clear(key) }
        } catch {
            _ = try goOn(without: error)
        }
        state.withLock { state in
            state.bypass?.clear(key)
            state.seen[key]?.token = nil
            state.owed[key]?.record.token = nil
        }
    }

    /// Whether what was fetched has been kept, where that is insisted on.
    func checkKept() throws(ClientError) {
        guard use == .insists, let reason = state.withLock({ $0.bypass == nil ? nil : $0.told }) else { return }
        throw ClientError(kind: .config, message: reason, outcome: .notSent)
    }

    // MARK: - With the store

    private func opened() async throws -> any TokenStore {
        if let store = state.withLock({ $0.store }) { return store }
        let made = try await open()
        // Two may have opened it at once; all go on with the same one.
        return state.withLock { state in
            let store = state.store ?? made
            state.store = store
            return store
        }
    }

    /// Does it as soon as nobody else has the store locked.
    private func whenFree<Value: Sendable>(
        _ body: (any TokenStore) async throws -> Value
    ) async throws -> Value {
        let began = clock.monotonic()
        var pause = 0.02
        var isTold = false
        while true {
            do {
                return try await body(try await opened())
            } catch let error as any StoreFailure where error.isBusy {
                let waited = clock.monotonic() - began
                guard waited < Self.busyPatience else { throw error }
                if waited >= Self.busyTelling, !isTold {
                    isTold = true
                    logger.notice("waiting for the token store", metadata: ["reason": "\(error)"])
                }
                try await clock.sleep(seconds: pause)
                pause = min(pause * 2, 0.5)
            }
        }
    }

    private func adopt(_ found: TokenRecord?, _ key: TokenKey, _ slot: TokenSlot, into bypass: MemoryTokenStore) {
        guard let found, found.generation != state.withLock({ $0.seen[key] })?.generation else { return }
        let now = clock.moment()
        var record = bypass.read(key) ?? found
        if let token = found.token, token.isValid(at: now) { record.token = token }
        if slot.remaining(found.fetchAfter, at: now) > slot.remaining(record.fetchAfter, at: now) {
            record.fetchAfter = found.fetchAfter
        }
        bypass.set(record, for: key)
        state.withLock { $0.seen[key] = found }
    }

    // MARK: - Without it

    private func goOn(without error: any Error) throws(ClientError) -> MemoryTokenStore {
        if error is CancellationError { throw .cancelledWait }
        guard use != .insists else { throw .tokenStoreFailed(error) }
        return goOnInMemory(because: error)
    }

    @discardableResult
    private func goOnInMemory(because error: any Error) -> MemoryTokenStore {
        let reason = "\(error)"
        let (store, isNew) = state.withLock { state -> (MemoryTokenStore, Bool) in
            let isNew = state.told != reason
            state.told = reason
            state.failure = .tokenStoreFailed(error)
            let bypass = state.bypass ?? MemoryTokenStore(state.seen)
            state.bypass = bypass
            return (bypass, isNew)
        }
        if isNew {
            logger.warning(
                use == .keepsToken
                    ? "the token store failed; this process goes on with the token that it has, and fetches none"
                    : "the token store failed; this process keeps its token to itself until it can be used again",
                metadata: ["reason": "\(reason)"])
        }
        return store
    }
}
