import C8Platform
import Logging

/// Gets a token by way of the shared record: the store's, or one from the platform once the slot is this process's own.
struct TokenAcquisition: Sendable {
    /// A token, and how old it is by the clock that nobody sets.
    struct Acquired: Sendable {
        let token: Token
        /// Seconds; negative where only the clock on the wall tells, and that was set back.
        let age: Double
    }

    let configuration: ClientConfiguration
    let key: TokenKey
    let slot: TokenSlot
    let fetcher: TokenFetcher
    let store: SteadyTokenStore
    let clock: any ClientClock
    let platformTime: PlatformTime
    let metrics: ClientMetrics
    let logger: Logger

    /// A good token of the store, other than the `useless` ones; nil where there is none to be had without more ado.
    func stored(except useless: Set<Secret>) async -> Acquired? {
        guard !store.isBypassed, let record = try? await read() else { return nil }
        let now = platformTime.moment()
        guard case .use(let token) = slot.step(record, except: useless, at: now) else { return nil }
        return Acquired(token: token, age: token.age(at: now))
    }

    /// A token other than the `useless` ones, waiting for the slot as long as is sensible.
    ///
    /// - Parameter inMemory: a token that came to this process by another way meanwhile.
    func token(except useless: Set<Secret>, inMemory: () -> Acquired?) async throws(ClientError) -> Acquired {
        var secret: Credentials?
        var patience = TokenPatience(span: slot.span)
        var wasTooOften = false
        defer {
            if let began = patience.began { metrics.tokenWait(seconds: clock.monotonic() - began) }
        }
        try await store.begin(key, slot: slot)
        while true {
            let record = try await read()
            let now = platformTime.moment()
            var step = slot.step(record, except: useless, at: now)
            if case .wait(let seconds) = step {
                if let acquired = inMemory() { return acquired }
                if let refusal = record?.refusal, try await resolved(&secret).fingerprint(key) == refusal.fingerprint {
                    throw .credentialsRefused(code: refusal.code)
                }
                let slots = patience.slots
                let decision = patience.wait(
                    for: record?.generation ?? 0, left: seconds,
                    atMost: store.isBypassed ? TokenPatience.mostSlotsWithoutStore : TokenPatience.mostSlots,
                    at: clock.monotonic(), random: .random(in: 0...1))
                if slots > 0, patience.slots > slots { try await store.begin(key, slot: slot) }
                switch decision {
                case .take: step = .reserve
                case .giveUp: throw wasTooOften ? .tokenRateLimit : .tokenWaitEnded(record, slots: patience.slots)
                case .nap(let nap):
                    if patience.isWorthTelling(at: clock.monotonic()) { tell(record, left: seconds) }
                    try await sleep(nap)
                }
            }
            switch step {
            case .use(let token): return Acquired(token: token, age: token.age(at: now))
            case .wait: continue
            case .reserve:
                // Before the slot is taken: a program that hands out the secret may take its time.
                let credentials = try await resolved(&secret)
                switch try await fetch(credentials, seen: record) {
                case .token(let acquired): return acquired
                case .tooOften: wasTooOften = true
                case .notUsed:
                    wasTooOften = false
                    guard patience.stumble() else { throw .tokenWaitEnded(record, slots: patience.slots) }
                }
            }
        }
    }

    /// A newer token than `current`, if it can be had without waiting; nil where somebody else has the slot.
    func renewal(of current: Token) async throws(ClientError) -> Acquired? {
        try await store.begin(key, slot: slot)
        let record = try await read()
        let now = platformTime.moment()
        // By all its fields: a platform may give the same token a longer life.
        if let token = record?.token, token != current, token.isValid(at: now) {
            return Acquired(token: token, age: token.age(at: now))
        }
        switch slot.step(record, except: [current.value], at: now) {
        case .use(let token): return Acquired(token: token, age: token.age(at: now))
        case .wait: return nil
        case .reserve:
            var secret: Credentials?
            let credentials = try await resolved(&secret)
            guard case .token(let acquired) = try await fetch(credentials, seen: record) else { return nil }
            return acquired
        }
    }

    /// What the store knows.
    func record() async throws(ClientError) -> TokenRecord? {
        try await store.begin(key, slot: slot)
        return try await read()
    }

    private func read() async throws(ClientError) -> TokenRecord? {
        let record = try await store.read(key)
        platformTime.learn(from: record?.fetchAfter)
        return record
    }

    // MARK: - The call

    private enum FetchEnd {
        case token(Acquired)
        case tooOften
        /// Somebody else was faster, or the reservation was too old when it was to be used.
        case notUsed
    }

    /// Takes the slot and calls the platform. Once begun it goes on to its end though the caller leaves: a token that was
    /// asked for costs a minute.
    private func fetch(_ credentials: Credentials, seen: TokenRecord?) async throws(ClientError) -> FetchEnd {
        guard !Task.isCancelled else { throw .cancelledWait }
        let work = Task { () -> Result<FetchEnd, ClientError> in
            do throws(ClientError) {
                return .success(try await reserveAndFetch(credentials, seen: seen))
            } catch {
                return .failure(error)
            }
        }
        return try await work.value.get()
    }

    private func reserveAndFetch(_ credentials: Credentials, seen: TokenRecord?) async throws(ClientError) -> FetchEnd {
        let reservedAt = platformTime.moment()
        let reservedTime = clock.monotonic()
        let taken = try await store.reserve(
            key, seen: seen, until: slot.reservedUntil(from: reservedAt), holder: ProcessName.current)
        guard let fence = taken else { return .notUsed }
        let (began, beganTime) = (platformTime.moment(), clock.monotonic())
        guard let time = TokenSlot.requestTime(elapsed: beganTime - reservedTime) else {
            await store.publish(key, fence: fence, token: nil, fetchAfter: began, refusal: nil)
            return .notUsed
        }
        let outcome = await fetcher.fetch(credentials, timeout: .seconds(time))
        metrics.tokenFetch(outcome.end)
        if let seconds = outcome.platformTime { platformTime.learn(seconds) }
        let next = slot.next(after: platformTime.moment())
        switch outcome.end {
        case .token(let answer):
            let fetched = platformTime.dating(began, age: clock.monotonic() - beganTime)
            let token = Token(value: answer.value, generation: fence, fetched: fetched, ttl: answer.ttl)
            await store.publish(key, fence: fence, token: token, fetchAfter: next, refusal: nil)
            return .token(Acquired(token: token, age: clock.monotonic() - beganTime))
        case .tooOften:
            logger.warning("get-token was refused as too frequent: somebody else uses this application key")
            await store.publish(key, fence: fence, token: nil, fetchAfter: next, refusal: nil)
            return .tooOften
        case .refused(let code, let error):
            let refusal = TokenRecord.Refusal(code: code, fingerprint: credentials.fingerprint(key))
            await store.publish(key, fence: fence, token: nil, fetchAfter: next, refusal: refusal)
            throw error
        case .notSent(let error):
            // The platform saw nothing, so the slot is as good as it was.
            await store.publish(key, fence: fence, token: nil, fetchAfter: began, refusal: nil)
            throw error
        case .failed(let error):
            await store.publish(key, fence: fence, token: nil, fetchAfter: next, refusal: nil)
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

    // MARK: - Waiting

    private func tell(_ record: TokenRecord?, left: Double) {
        logger.notice(
            "waiting for the access token: the platform gives one a minute, and somebody has just asked for one",
            metadata: [
                "holder": "\(record?.holder ?? "unknown")", "seconds": "\(Int(min(left, 1e9).rounded(.up)))",
            ])
    }

    private func sleep(_ seconds: Double) async throws(ClientError) {
        do {
            try await clock.sleep(seconds: seconds)
        } catch {
            throw .cancelledWait
        }
    }
}
