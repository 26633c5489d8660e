package import C8HTTP
import C8Platform
package import Logging
import Synchronization

/// The application's access token: from memory, from the shared store, or fetched, once for everybody who waits.
///
/// Renewed in the background in the last tenth of its life while calls go on with it; renewed at once when the platform
/// refuses it. A failure is told to those who waited for that fetch and is never kept as state. What to do is decided
/// by ``TokenState`` for this process and by ``TokenSlot`` for all of them; here it is done.
package final class TokenSource: Sendable {
    private struct Shared {
        var state = TokenState()
        /// There while the state is fetching.
        var fetch: SharedFetch?
        /// Does the fetching.
        var fetching: Task<Void, Never>?
        /// There while the state is renewing.
        var renewal: SharedFetch?
    }

    /// Seconds after which a renewal that somebody else is busy with is looked at again.
    private static let lookAgain = 1.0

    let configuration: ClientConfiguration
    private let acquisition: TokenAcquisition
    private let clock: any ClientClock
    private let jitter: @Sendable () -> Double
    private let logger: Logger
    private let shared = Mutex(Shared())

    /// A source that does nothing yet: the store is opened, and the credentials are asked for, when they are first
    /// needed.
    ///
    /// - Parameters:
    ///   - store: opens the store.
    ///   - storeUse: what becomes of a call when the store cannot be opened or used.
    ///   - jitter: from 0 to 1, asked once for each token: so late in the first half of the last tenth of its life this process
    ///     begins to renew it. Processes that share a token should not all try at the same time.
    package init(
        configuration: ClientConfiguration, transport: any HTTPTransport,
        store: @escaping @Sendable () async throws -> any TokenStore, storeUse: StoreUse = .goesOnWithout,
        clock: any ClientClock = SystemClock(), jitter: @escaping @Sendable () -> Double = { .random(in: 0...1) },
        metrics: ClientMetrics = ClientMetrics(), logger: Logger
    ) {
        self.configuration = configuration
        self.clock = clock
        self.jitter = jitter
        self.logger = logger
        acquisition = TokenAcquisition(
            configuration: configuration,
            // However the URL is written, the application has one slot.
            key: TokenKey(baseURL: BaseAddress.canonical(configuration.baseURL), accessKey: configuration.accessKey),
            slot: TokenSlot(interval: configuration.tokenIntervalSeconds),
            fetcher: TokenFetcher(configuration: configuration, transport: transport, logger: logger),
            store: SteadyTokenStore(use: storeUse, clock: clock, logger: logger, open: store), clock: clock,
            platformTime: PlatformTime(clock), metrics: metrics, logger: logger)
    }

    /// A token that is good now.
    ///
    /// Waits where the platform's interval has to be waited for; cancelling the task ends the wait, and nobody else's.
    ///
    /// - Parameter refused: a token that the platform did not accept; another one is returned, newer if need be.
    /// - Throws: ``ClientError`` when no token can be had: the credentials are refused, the platform cannot be reached,
    ///   or the secret cannot be read. Not while a good token is at hand.
    package func token(replacing refused: Token? = nil) async throws(ClientError) -> Token {
        try await token(except: Set([refused?.value].compactMap(\.self)))
    }

    /// A token that is good now and needs no waiting; nil where one must be fetched or renewed.
    func ready() -> Token? {
        let time = clock.monotonic()
        return shared.withLock { $0.state.ready(at: time) }
    }

    /// The platform has just answered and told the time, in seconds since 1970.
    func learn(platformTime seconds: Double) { acquisition.platformTime.learn(seconds) }

    private func token(except refused: Set<Secret>) async throws(ClientError) -> Token {
        while true {
            let time = clock.monotonic()
            let (answer, wait) = shared.withLock { shared -> (TokenState.Answer, SharedFetch?) in
                let answer = shared.state.request(except: refused, at: time)
                switch answer {
                case .use: return (answer, nil)
                case .useAndRenew: shared.renewal = SharedFetch()
                case .fetch: shared.fetch = SharedFetch()
                case .join: break
                }
                return (answer, shared.fetch)
            }
            switch answer {
            case .use(let token): return token
            case .useAndRenew(let token):
                Task { await renew(token) }
                return token
            case .fetch(let useless):
                // Most often another process has left a good one, which is there without a change of threads.
                if let stored = await acquisition.stored(except: useless) {
                    fetchEnded(.success(stored))
                    break
                }
                // Not a child of this task: whoever asked first may leave, the others still want the token.
                let fetching = Task { await fetch(except: useless) }
                shared.withLock { shared in
                    // Unless it is over already.
                    if shared.fetch === wait { shared.fetching = fetching }
                }
            case .join: break
            }
            guard let wait else { throw .cancelledWait }
            let token = try await wait.value()
            // A fetch that somebody else began may have brought the very token that is refused here; one that began
            // here brings what the platform gives, though it were the same again.
            if answer != .join || !refused.contains(token.value) { return token }
        }
    }

    /// Fetches a new token, waiting for the interval where needed: neither the one in memory will do nor the store's, which
    /// may be of another process.
    package func refresh() async throws(ClientError) {
        let stored = try await acquisition.record()?.token
        let known = [stored, shared.withLock { $0.state.current }].compactMap { $0?.value }
        _ = try await token(except: Set(known))
        try acquisition.store.checkKept()
    }

    /// Forgets the token, here and in the store. The interval to the next fetch stays.
    package func clear() async throws(ClientError) {
        shared.withLock { $0.state.forget() }
        try await acquisition.store.clear(acquisition.key)
    }

    /// What is known of the token and of the slot for the next; fetches nothing.
    package func status() async throws(ClientError) -> TokenStatus {
        let time = clock.monotonic()
        let inMemory = shared.withLock { $0.state.usable(except: [], at: time) }
        let record = try await acquisition.record()
        let now = acquisition.platformTime.moment()
        let stored = record?.token
        let isStoredBetter = stored.map { $0.isValid(at: now) || inMemory == nil } ?? false
        var status = TokenStatus()
        if let token = isStoredBetter ? stored : inMemory {
            status = TokenStatus(token, source: inMemory == token ? "memory" : "store", now: now)
        }
        status.add(record, slot: acquisition.slot, now: now)
        return status
    }

    /// Gives what asks the platform for a token at the moment a bounded time to end, so that a short process does not lose
    /// what it asked for. Whoever only waits for the slot is sent away.
    package func drain(atMost bound: Duration) async {
        let (waits, fetching) = shared.withLock { shared in
            ([shared.renewal, shared.fetch].compactMap(\.self), shared.fetching)
        }
        fetching?.cancel()
        guard !waits.isEmpty else { return }
        await withTaskGroup(of: Bool.self) { group in
            for wait in waits {
                group.addTask {
                    _ = try? await wait.value()
                    return true
                }
            }
            group.addTask {
                try? await Task.sleep(for: bound)
                return false
            }
            for _ in waits {
                guard await group.next() == true else { break }
            }
            group.cancelAll()
        }
    }

    // MARK: - What the state asks for

    private func fetch(except useless: Set<Secret>) async {
        let result: Result<TokenAcquisition.Acquired, ClientError>
        do {
            result = .success(
                try await acquisition.token(except: useless) {
                    let time = clock.monotonic()
                    return shared.withLock { shared in
                        shared.state.usable(except: useless, at: time).map { token in
                            TokenAcquisition.Acquired(token: token, age: shared.state.age(at: time))
                        }
                    }
                })
        } catch {
            result = .failure(error)
        }
        fetchEnded(result)
    }

    private func fetchEnded(_ result: Result<TokenAcquisition.Acquired, ClientError>) {
        let time = clock.monotonic()
        let acquired = try? result.get()
        let jitter = jitter()
        // The state first: whoever is woken must find it.
        let waiting = shared.withLock { shared in
            shared.state.fetchEnded(acquired?.token, age: acquired?.age ?? 0, jitter: jitter, at: time)
            defer { (shared.fetch, shared.fetching) = (nil, nil) }
            return shared.fetch
        }
        waiting?.finish(result.map(\.token))
    }

    /// Whoever gets the slot renews; the others look again later. No failure here is anybody's error.
    private func renew(_ current: Token) async {
        var acquired: TokenAcquisition.Acquired?
        var pause = Self.lookAgain
        var result: Result<Token, ClientError> = .success(current)
        do {
            acquired = try await acquisition.renewal(of: current)
            if let acquired { result = .success(acquired.token) }
        } catch {
            pause = max(Self.lookAgain, configuration.tokenIntervalSeconds)
            result = .failure(error)
            logger.notice(
                "the access token could not be renewed yet; calls go on with the present one",
                metadata: ["reason": "\(error)"])
        }
        let time = clock.monotonic()
        let jitter = jitter()
        let waiting = shared.withLock { [acquired] shared in
            shared.state.renewalEnded(
                acquired?.token, age: acquired?.age ?? 0, jitter: jitter, pause: pause, at: time)
            defer { shared.renewal = nil }
            return shared.renewal
        }
        waiting?.finish(result)
    }
}
