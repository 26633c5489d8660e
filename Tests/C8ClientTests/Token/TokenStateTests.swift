import Testing

@testable import C8Client

@Suite struct TokenStateTests {
    private func token(_ name: String, ttl: Double = 3600) -> Token {
        Token(value: Secret(name), generation: 1, fetchedAt: 0, ttl: ttl)
    }

    /// A state that got its token, of no age, at 100.
    private func holding(_ token: Token) -> TokenState {
        var state = TokenState()
        #expect(state.request(replacing: nil, at: 100) == .fetch(except: []))
        state.fetchEnded(token, age: 0, at: 100)
        return state
    }

    @Test func firstCallerFetchesAndTheOthersJoin() {
        var state = TokenState()
        #expect(state.request(replacing: nil, at: 0) == .fetch(except: []))
        for _ in 0..<50 { #expect(state.request(replacing: nil, at: 0) == .join) }
        state.fetchEnded(token("a"), age: 0, at: 1)
        #expect(state.request(replacing: nil, at: 1) == .use(token("a")))
    }

    @Test func failedFetchLeavesNoTrace() {
        var state = TokenState()
        #expect(state.request(replacing: nil, at: 0) == .fetch(except: []))
        state.fetchEnded(nil, age: 0, at: 1)
        #expect(state.request(replacing: nil, at: 1) == .fetch(except: []))
    }

    /// The page's example: 60 minutes, the last window begins at 54.
    @Test(arguments: [
        (0.0, "use"), (30, "use"), (53.99, "use"), (54, "renew"), (56, "renew"), (59.99, "renew"), (60, "fetch"),
        (90, "fetch"),
    ])
    func answerDependsOnTheAge(minutes: Double, answer: String) {
        var state = holding(token("a"))
        let expected: TokenState.Answer =
            switch answer {
            case "use": .use(token("a"))
            case "renew": .useAndRenew(token("a"))
            default: .fetch(except: [Secret("a")])
            }
        #expect(state.request(replacing: nil, at: 100 + minutes * 60) == expected)
    }

    @Test func ageAtAdoptionCounts() {
        var state = TokenState()
        #expect(state.request(replacing: nil, at: 0) == .fetch(except: []))
        state.fetchEnded(token("a"), age: 3500, at: 0)
        #expect(state.request(replacing: nil, at: 99) == .useAndRenew(token("a")))
        #expect(state.request(replacing: nil, at: 101) == .fetch(except: [Secret("a")]))
    }

    @Test func tokenFromTheFutureIsAsGoodAsNewAndNoBetter() {
        var state = TokenState()
        #expect(state.request(replacing: nil, at: 0) == .fetch(except: []))
        state.fetchEnded(token("a"), age: -50_000, at: 0)
        #expect(state.request(replacing: nil, at: 3599) == .useAndRenew(token("a")))
        #expect(state.request(replacing: nil, at: 3600) == .fetch(except: [Secret("a")]))
    }

    @Test func oneRenewsWhileTheOthersGoOn() {
        var state = holding(token("a"))
        #expect(state.request(replacing: nil, at: 3400) == .useAndRenew(token("a")))
        #expect(state.request(replacing: nil, at: 3400) == .use(token("a")))
        state.renewalEnded(token("b"), age: 0, pause: 60, at: 3401)
        #expect(state.request(replacing: nil, at: 3402) == .use(token("b")))
    }

    @Test func failedRenewalIsTriedAgainAfterItsPause() {
        var state = holding(token("a"))
        #expect(state.request(replacing: nil, at: 3400) == .useAndRenew(token("a")))
        state.renewalEnded(nil, age: 0, pause: 60, at: 3401)
        #expect(state.request(replacing: nil, at: 3460) == .use(token("a")))
        #expect(state.request(replacing: nil, at: 3461) == .useAndRenew(token("a")))
    }

    @Test func refusedTokenIsFetchedAnewOnce() {
        var state = holding(token("a"))
        #expect(state.request(replacing: Secret("a"), at: 200) == .fetch(except: [Secret("a")]))
        #expect(state.request(replacing: Secret("a"), at: 200) == .join)
        // Who has not heard of the refusal may still try: it costs one answer of the gateway.
        #expect(state.request(replacing: nil, at: 200) == .use(token("a")))
        state.fetchEnded(token("b"), age: 0, at: 260)
        #expect(state.request(replacing: Secret("a"), at: 260) == .use(token("b")))
    }

    @Test func noRenewalBesidesAFetch() {
        var state = holding(token("a"))
        #expect(state.request(replacing: Secret("a"), at: 3400) == .fetch(except: [Secret("a")]))
        #expect(state.request(replacing: nil, at: 3400) == .use(token("a")))
    }

    @Test func deadTokenIsNotTakenAgain() {
        var state = holding(token("a"))
        #expect(state.request(replacing: Secret("b"), at: 3701) == .fetch(except: [Secret("a"), Secret("b")]))
    }

    @Test func forgottenTokenIsFetchedAgain() {
        var state = holding(token("a"))
        state.forget()
        #expect(state.current == nil)
        #expect(state.request(replacing: nil, at: 200) == .fetch(except: []))
    }
}
