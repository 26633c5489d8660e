package import C8HTTP
import C8Platform
package import Logging
import Synchronization

/// The application's access token: from memory, from the shared store, or fetched, once for everybody who waits.
///
/// Renewed in the background in the last tenth of its life while calls go on with it; renewed at once when the platform
/// refuses it. A failure is told to those who waited for that fetch and is never kept as state.
package final class TokenSource: Sendable {
    private struct State {
        var current: Token?
        var store: (any TokenStore)?
        var fetch: SharedFetch?
        var background: Task<Void, Never>?
        /// No background renewal before this time.
        var nextBackground = 0.0
    }

    /// A request for a token takes at most this long; part of the reservation.
    private static let requestTimeout = 10.0
    /// Added to the interval, so that both sides' clocks may differ a little in pace.
    private static let margin = 0.25
    private static let attemptsAgainstTheRateLimit = 3

    let configuration: ClientConfiguration
    private let key: TokenKey
    private let fetcher: TokenFetcher
    private let openStore: @Sendable () async throws -> any TokenStore
    private let clock: any ClientClock
    private let logger: Logger
    private let state = Mutex(State())

    package init(
        configuration: ClientConfiguration, transport: any HTTPTransport,
        store: @escaping @Sendable () async throws -> any TokenStore, clock: any ClientClock = SystemClock(),
        logger: Logger
    ) {
        self.configuration = configuration
        key = TokenKey(baseURL: configuration.baseURL, accessKey: configuration.accessKey)
        fetcher = TokenFetcher(configuration: configuration, transport: transport, logger: logger)
        openStore = store
        self.clock = clock
        self.logger = logger
    }

    /// A token that is good now.
    ///
    /// - Parameter refused: a token that the platform did not accept; another one is returned, newer if need be.
    package func token(replacing refused: Token? = nil) async throws(ClientError) -> Token {
        let now = clock.now()
        let (usable, fetch, isNew) = state.withLock { state -> (Token?, SharedFetch?, Bool) in
            if let current = state.current, current.isValid(at: now), current.value != refused?.value {
                return (current, nil, false)
            }
            if let fetch = state.fetch { return (nil, fetch, false) }
            let fetch = SharedFetch()
            state.fetch = fetch
            return (nil, fetch, true)
        }
        if let usable {
            if usable.isDueForRefresh(at: now) { renewInBackground(usable) }
            return usable
        }
        guard let fetch else { throw .cancelledWait }
        if isNew {
            // Not a child of this task: whoever asked first may leave, the others still want the token.
            Task { fetch.finish(await acquireAndAdopt(replacing: refused, fetch: fetch)) }
        }
        return try await fetch.value()
    }

    /// Fetches a new token, waiting for the interval where needed.
    package func refresh() async throws(ClientError) {
        _ = try await token(replacing: try await stored())
    }

    /// Forgets the token, here and in the store. The interval to the next fetch stays.
    package func clear() async throws(ClientError) {
        let store = await store()
        await ignoringFailures("clear") { try await store.clear(self.key) }
        state.withLock { $0.current = nil }
    }

    /// What is known of the token; fetches nothing.
    package func status() async throws(ClientError) -> TokenStatus {
        let inMemory = state.withLock { $0.current }
        let token = try await stored()
        var status = TokenStatus()
        guard let token else { return status }
        let now = clock.now()
        status.age = .milliseconds(Int64((now - token.fetchedAt) * 1000))
        status.ttl = .milliseconds(Int64(token.ttl * 1000))
        status.refreshIn = .milliseconds(Int64((token.refreshAt - now) * 1000))
        status.expiresAt = token.expiresAt
        status.refreshAt = token.refreshAt
        status.source = inMemory == token ? "memory" : "store"
        return status
    }

    /// Gives a background renewal a bounded time to end, so that a short process does not lose what it asked for.
    package func drain(atMost bound: Duration) async {
        guard let background = state.withLock({ $0.background }) else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await background.value }
            group.addTask { try? await Task.sleep(for: bound) }
            await group.next()
            background.cancel()
            group.cancelAll()
        }
    }

    // MARK: - Getting one

    private func acquireAndAdopt(replacing refused: Token?, fetch: SharedFetch) async -> Result<Token, ClientError> {
        let result: Result<Token, ClientError>
        do {
            result = .success(try await acquire(replacing: refused))
        } catch {
            result = .failure(error)
        }
        state.withLock { state in
            if case .success(let token) = result { state.current = token }
            if state.fetch === fetch { state.fetch = nil }
        }
        return result
    }

    /// Takes the store's token if it is another than the refused one; else fetches when the slot is free.
    private func acquire(replacing refused: Token?) async throws(ClientError) -> Token {
        let store = await store()
        var rateLimitAnswers = 0
        var pause = 0.05
        var hasSaidWhy = false
        while true {
            let now = clock.now()
            let record = try await reading { try await store.read(self.key) }
            if let token = record?.token, token.isValid(at: now), token.value != refused?.value { return token }
            if let fence = try await reserve(store, now: now) {
                switch try await fetch(fence: fence, store: store) {
                case .token(let token): return token
                case .tooOften:
                    rateLimitAnswers += 1
                    guard rateLimitAnswers < Self.attemptsAgainstTheRateLimit else { throw .tokenRateLimit }
                }
                continue
            }
            if let refusal = record?.refusal, try await isOurs(refusal) {
                throw .credentialsRefused(code: refusal.code)
            }
            let wait = (record?.fetchAfter ?? now) - now
            if !hasSaidWhy, wait > 0.5 {
                hasSaidWhy = true
                logger.info(
                    "waiting for the access token: the platform gives one a minute, and the last was asked for just now",
                    metadata: ["seconds": "\(Int(wait.rounded(.up)))"])
            }
            try await sleep(max(0.01, min(pause, wait)))
            pause = min(pause * 1.5, 0.5)
        }
    }

    private enum FetchEnd {
        case token(Token)
        case tooOften
    }

    /// Calls the platform with the slot taken, and records what came of it.
    private func fetch(fence: Int64, store: any TokenStore) async throws(ClientError) -> FetchEnd {
        let credentials: Credentials
        do {
            credentials = try await configuration.credentials()
        } catch {
            await publish(store, fence: fence, token: nil, fetchAfter: clock.now())
            throw ClientError(kind: .config, message: "\(error)", outcome: .notSent)
        }
        let began = clock.now()
        let end = await fetcher.fetch(credentials)
        let next = clock.now() + configuration.tokenIntervalSeconds + Self.margin
        switch end {
        case .token(let answer):
            let token = Token(value: answer.value, generation: fence, fetchedAt: began, ttl: answer.ttl)
            await publish(store, fence: fence, token: token, fetchAfter: next)
            return .token(token)
        case .tooOften:
            logger.warning("get-token was refused as too frequent: somebody else uses this application key")
            await publish(store, fence: fence, token: nil, fetchAfter: next)
            return .tooOften
        case .refused(let code, let error):
            let refusal = TokenRecord.Refusal(code: code, fingerprint: credentials.fingerprint(key))
            await publish(store, fence: fence, token: nil, fetchAfter: next, refusal: refusal)
            throw error
        case .notSent(let error):
            await publish(store, fence: fence, token: nil, fetchAfter: began)
            throw error
        case .failed(let error):
            await publish(store, fence: fence, token: nil, fetchAfter: next)
            throw error
        }
    }

    private func isOurs(_ refusal: TokenRecord.Refusal) async throws(ClientError) -> Bool {
        do {
            return try await configuration.credentials().fingerprint(key) == refusal.fingerprint
        } catch {
            throw ClientError(kind: .config, message: "\(error)", outcome: .notSent)
        }
    }

    private func reserve(_ store: any TokenStore, now: Double) async throws(ClientError) -> Int64? {
        let interval = configuration.tokenIntervalSeconds + Self.margin
        let until = now + Self.requestTimeout + interval
        return try await reading { try await store.reserve(self.key, now: now, until: until, latest: until + interval) }
    }

    private func publish(
        _ store: any TokenStore, fence: Int64, token: Token?, fetchAfter: Double, refusal: TokenRecord.Refusal? = nil
    ) async {
        await ignoringFailures("publish") {
            try await store.publish(self.key, fence: fence, token: token, fetchAfter: fetchAfter, refusal: refusal)
        }
    }

    // MARK: - Renewing in the background

    private func renewInBackground(_ current: Token) {
        let now = clock.now()
        state.withLock { state in
            guard state.background == nil, state.fetch == nil, now >= state.nextBackground else { return }
            state.background = Task {
                await renew(current)
                self.state.withLock { $0.background = nil }
            }
        }
    }

    /// Whoever gets the slot renews; the others look again later. No failure here is anybody's error.
    private func renew(_ current: Token) async {
        let store = await store()
        do {
            let now = clock.now()
            let record = try await store.read(key)
            if let token = record?.token, token.value != current.value, token.isValid(at: now) {
                state.withLock { $0.current = token }
                return
            }
            guard let fence = try await reserve(store, now: now) else {
                state.withLock { $0.nextBackground = now + 1 }
                return
            }
            if case .token(let token) = try await fetch(fence: fence, store: store) {
                state.withLock { $0.current = token }
                return
            }
        } catch {
            logger.notice(
                "the access token could not be renewed yet; calls go on with the present one",
                metadata: ["reason": "\(error)"])
        }
        state.withLock { $0.nextBackground = clock.now() + configuration.tokenIntervalSeconds }
    }

    // MARK: - The store

    private func stored() async throws(ClientError) -> Token? {
        let store = await store()
        let now = clock.now()
        let record = try await reading { try await store.read(self.key) }
        if let token = record?.token, token.isValid(at: now) { return token }
        return nil
    }

    /// A store that cannot be opened is replaced by memory: calls still work, with a token of this process's own.
    private func store() async -> any TokenStore {
        if let store = state.withLock({ $0.store }) { return store }
        let opened: any TokenStore
        do {
            opened = try await openStore()
        } catch {
            logger.warning(
                "the token store cannot be used; this process keeps its token to itself",
                metadata: ["reason": "\(error)"])
            opened = MemoryTokenStore()
        }
        return state.withLock { state in
            if let store = state.store { return store }
            state.store = opened
            return opened
        }
    }

    private func reading<Value>(_ body: () async throws -> Value) async throws(ClientError) -> Value {
        do {
            return try await body()
        } catch {
            throw ClientError(kind: .config, message: "the token store failed: \(error)", outcome: .notSent)
        }
    }

    private func ignoringFailures(_ what: String, _ body: () async throws -> Void) async {
        do {
            try await body()
        } catch {
            logger.warning("the token store failed", metadata: ["operation": "\(what)", "reason": "\(error)"])
        }
    }

    private func sleep(_ seconds: Double) async throws(ClientError) {
        do {
            try await clock.sleep(seconds: seconds)
        } catch {
            throw .cancelledWait
        }
    }
}
