import C8Platform
import Logging

/// Gets a token by way of the shared record: the store's, or one from the platform once the slot is this process's own.
struct TokenAcquisition: Sendable {
    private static let attemptsAgainstTheRateLimit = 3

    let configuration: ClientConfiguration
    let key: TokenKey
    let slot: TokenSlot
    let fetcher: TokenFetcher
    let store: LazyTokenStore
    let clock: any ClientClock
    let metrics: ClientMetrics
    let logger: Logger

    /// A token other than the `useless` ones, waiting for the slot as long as it takes.
    ///
    /// - Parameter inMemory: a token that came to this process by another way meanwhile.
    func token(except useless: Set<Secret>, inMemory: () -> Token?) async throws(ClientError) -> Token {
        var secret: Credentials?
        var rateLimitAnswers = 0
        var pause = 0.05
        var hasSaidWhy = false
        while true {
            let now = clock.now()
            let record = try await read()
            switch slot.step(record, except: useless, at: now) {
            case .use(let token): return token
            case .reserve:
                // Before the slot is taken: a program that hands out the secret may take its time.
                let credentials = try await resolved(&secret)
                guard let reservation = try await reserve() else { continue }
                switch try await fetch(credentials, reservation) {
                case .token(let token): return token
                case .tooLate: continue
                case .tooOften:
                    rateLimitAnswers += 1
                    guard rateLimitAnswers < Self.attemptsAgainstTheRateLimit else { throw .tokenRateLimit }
                }
            case .wait(let seconds):
                if let token = inMemory() { return token }
                if let refusal = record?.refusal, try await resolved(&secret).fingerprint(key) == refusal.fingerprint {
                    throw .credentialsRefused(code: refusal.code)
                }
                if !hasSaidWhy, seconds > 0.5 {
                    hasSaidWhy = true
                    logger.info(
                        "waiting for the access token: the platform gives one a minute, and the last was just asked for",
                        metadata: ["seconds": "\(Int(min(seconds, 1e9).rounded(.up)))"])
                }
                // Short at first, since the holder of the slot usually has its token in a moment; uneven, so that many
                // processes do not look at the same time.
                let nap = max(0.01, min(pause * Double.random(in: 0.75...1.25), seconds))
                metrics.tokenWait(seconds: nap)
                try await sleep(nap)
                pause = min(pause * 1.5, 0.5)
            }
        }
    }

    /// A newer token than `current`, if it can be had without waiting; nil where somebody else has the slot.
    func renewal(of current: Token) async throws(ClientError) -> Token? {
        let now = clock.now()
        let record = try await read()
        // By all its fields: a platform may give the same token a longer life.
        if let token = record?.token, token != current, token.isValid(at: now) { return token }
        switch slot.step(record, except: [current.value], at: now) {
        case .use(let token): return token
        case .wait: return nil
        case .reserve:
            var secret: Credentials?
            let credentials = try await resolved(&secret)
            guard let reservation = try await reserve(),
                case .token(let token) = try await fetch(credentials, reservation)
            else { return nil }
            return token
        }
    }

    /// The token that the store holds, if it is good.
    func stored() async throws(ClientError) -> Token? {
        let now = clock.now()
        guard let token = try await read()?.token, token.isValid(at: now) else { return nil }
        return token
    }

    // MARK: - The call

    private struct Reservation {
        let fence: Int64
        /// By the monotonic clock.
        let madeAt: Double
    }

    private enum FetchEnd {
        case token(Token)
        case tooOften
        /// The reservation was too old when it was to be used.
        case tooLate
    }

    /// Calls the platform with the slot taken, and records what came of it.
    private func fetch(_ credentials: Credentials, _ reservation: Reservation) async throws(ClientError) -> FetchEnd {
        let fence = reservation.fence
        let began = clock.now()
        guard let time = TokenSlot.requestTime(elapsed: clock.monotonic() - reservation.madeAt) else {
            await publish(fence, token: nil, fetchAfter: began)
            return .tooLate
        }
        let end = await fetcher.fetch(credentials, timeout: .seconds(time))
        metrics.tokenFetch(end)
        let next = slot.next(after: clock.now())
        switch end {
        case .token(let answer):
            let token = Token(value: answer.value, generation: fence, fetchedAt: began, ttl: answer.ttl)
            await publish(fence, token: token, fetchAfter: next)
            return .token(token)
        case .tooOften:
            logger.warning("get-token was refused as too frequent: somebody else uses this application key")
            await publish(fence, token: nil, fetchAfter: next)
            return .tooOften
        case .refused(let code, let error):
            let refusal = TokenRecord.Refusal(code: code, fingerprint: credentials.fingerprint(key))
            await publish(fence, token: nil, fetchAfter: next, refusal: refusal)
            throw error
        case .notSent(let error):
            // The platform saw nothing, so the slot is as good as it was.
            await publish(fence, token: nil, fetchAfter: began)
            throw error
        case .failed(let error):
            await publish(fence, token: nil, fetchAfter: next)
            throw error
        }
    }

    private func resolved(_ known: inout Credentials?) async throws(ClientError) -> Credentials {
        if let known { return known }
        do {
            let credentials = try await configuration.credentials()
            known = credentials
            return credentials
        } catch let error as ClientError {
            throw error
        } catch is CancellationError {
            throw .cancelledWait
        } catch {
            throw ClientError(kind: .config, message: "\(error)", outcome: .notSent)
        }
    }

    // MARK: - The store

    private func read() async throws(ClientError) -> TokenRecord? {
        try await using { store in try await store.read(key) }
    }

    private func reserve() async throws(ClientError) -> Reservation? {
        let now = clock.now()
        let madeAt = clock.monotonic()
        let fence = try await using { store in
            try await store.reserve(key, now: now, until: slot.reservedUntil(from: now), latest: slot.latest(at: now))
        }
        return fence.map { Reservation(fence: $0, madeAt: madeAt) }
    }

    /// A publication that fails costs the others a wait: the reservation ends by itself.
    private func publish(_ fence: Int64, token: Token?, fetchAfter: Double, refusal: TokenRecord.Refusal? = nil) async {
        let store = await store.value()
        do {
            try await store.publish(key, fence: fence, token: token, fetchAfter: fetchAfter, refusal: refusal)
        } catch {
            logger.warning("the token store failed", metadata: ["operation": "publish", "reason": "\(error)"])
        }
    }

    /// A store that fails is done without: the platform's own limit still holds, and is waited out.
    private func using<Value>(
        _ body: (any TokenStore) async throws -> Value
    ) async throws(ClientError) -> Value {
        let store = await store.value()
        do {
            do {
                return try await body(store)
            } catch let error where !(error is CancellationError) {
                return try await body(self.store.replaced(store, because: error))
            }
        } catch is CancellationError {
            throw .cancelledWait
        } catch {
            throw ClientError(kind: .config, message: "the token store failed: \(error)", outcome: .notSent)
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
