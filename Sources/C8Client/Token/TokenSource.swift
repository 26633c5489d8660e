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
        /// There while the state is renewing.
        var renewal: SharedFetch?
    }

    /// Seconds after which a renewal that somebody else is busy with is looked at again.
    private static let lookAgain = 1.0

    let configuration: ClientConfiguration
    private let acquisition: TokenAcquisition
    private let clock: any ClientClock
    private let logger: Logger
    private let shared = Mutex(Shared())

    /// A source that does nothing yet: the store is opened, and the credentials are asked for, when they are first
    /// needed.
    ///
    /// - Parameter store: one that cannot be opened is replaced by memory, with a warning.
    package init(
        configuration: ClientConfiguration, transport: any HTTPTransport,
        store: @escaping @Sendable () async throws -> any TokenStore, clock: any ClientClock = SystemClock(),
        metrics: ClientMetrics = ClientMetrics(), logger: Logger
    ) {
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        acquisition = TokenAcquisition(
            configuration: configuration,
            // However the URL is written, the application has one slot.
            key: TokenKey(baseURL: BaseAddress.canonical(configuration.baseURL), accessKey: configuration.accessKey),
            slot: TokenSlot(interval: configuration.tokenIntervalSeconds),
            fetcher: TokenFetcher(configuration: configuration, transport: transport, logger: logger),
            store: LazyTokenStore(logger: logger, open: store), clock: clock, metrics: metrics,
            logger: logger)
    }

    /// A token that is good now.
    ///
    /// Waits where the platform's interval has to be waited for; cancelling the task ends the wait, and nobody else's.
    ///
    /// - Parameter refused: a token that the platform did not accept; another one is returned, newer if need be.
    /// - Throws: ``ClientError`` when no token can be had: the credentials are refused, the platform cannot be reached,
    ///   or the secret cannot be read. Not while a good token is at hand.
    package func token(replacing refused: Token? = nil) async throws(ClientError) -> Token {
        while true {
            let time = clock.monotonic()
            let (answer, wait) = shared.withLock { shared -> (TokenState.Answer, SharedFetch?) in
                let answer = shared.state.request(replacing: refused?.value, at: time)
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
                // Not a child of this task: whoever asked first may leave, the others still want the token.
                Task { await fetch(except: useless) }
            case .join: break
            }
            guard let wait else { throw .cancelledWait }
            let token = try await wait.value()
            // A fetch that somebody else began may have brought the very token that is refused here; one that began
            // here brings what the platform gives, though it were the same again.
            if answer != .join || token.value != refused?.value { return token }
        }
    }

    /// Fetches a new token, waiting for the interval where needed.
    package func refresh() async throws(ClientError) {
        let stored = try await acquisition.stored()
        _ = try await token(replacing: stored ?? shared.withLock { $0.state.current })
    }

    /// Forgets the token, here and in the store. The interval to the next fetch stays.
    package func clear() async throws(ClientError) {
        shared.withLock { $0.state.forget() }
        let store = await acquisition.store.value()
        do {
            try await store.clear(acquisition.key)
        } catch {
            throw ClientError(kind: .config, message: "the token store failed: \(error)", outcome: .notSent)
        }
    }

    /// What is known of the token; fetches nothing.
    package func status() async throws(ClientError) -> TokenStatus {
        let time = clock.monotonic()
        let inMemory = shared.withLock { $0.state.usable(replacing: nil, at: time) }
        let stored = try await acquisition.stored()
        guard let token = stored ?? inMemory else { return TokenStatus() }
        return TokenStatus(token, source: inMemory == token ? "memory" : "store", now: clock.now())
    }

    /// Gives a background renewal a bounded time to end, so that a short process does not lose what it asked for.
    package func drain(atMost bound: Duration) async {
        guard let renewal = shared.withLock({ $0.renewal }) else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = try? await renewal.value() }
            group.addTask { try? await Task.sleep(for: bound) }
            await group.next()
            group.cancelAll()
        }
    }

    // MARK: - What the state asks for

    private func fetch(except useless: Set<Secret>) async {
        let result: Result<Token, ClientError>
        do {
            result = .success(
                try await acquisition.token(except: useless) {
                    let time = clock.monotonic()
                    let token = shared.withLock { $0.state.usable(replacing: nil, at: time) }
                    return token.flatMap { useless.contains($0.value) ? nil : $0 }
                })
        } catch {
            result = .failure(error)
        }
        let (now, time) = (clock.now(), clock.monotonic())
        let token = try? result.get()
        // The state first: whoever is woken must find it.
        let waiting = shared.withLock { shared in
            shared.state.fetchEnded(token, age: token.map { now - $0.fetchedAt } ?? 0, at: time)
            defer { shared.fetch = nil }
            return shared.fetch
        }
        waiting?.finish(result)
    }

    /// Whoever gets the slot renews; the others look again later. No failure here is anybody's error.
    private func renew(_ current: Token) async {
        var token: Token?
        var pause = Self.lookAgain
        var result: Result<Token, ClientError> = .success(current)
        do {
            token = try await acquisition.renewal(of: current)
            if let token { result = .success(token) }
        } catch {
            pause = max(Self.lookAgain, configuration.tokenIntervalSeconds)
            result = .failure(error)
            logger.notice(
                "the access token could not be renewed yet; calls go on with the present one",
                metadata: ["reason": "\(error)"])
        }
        let (now, time) = (clock.now(), clock.monotonic())
        let waiting = shared.withLock { shared in
            shared.state.renewalEnded(token, age: token.map { now - $0.fetchedAt } ?? 0, pause: pause, at: time)
            defer { shared.renewal = nil }
            return shared.renewal
        }
        waiting?.finish(result)
    }
}
