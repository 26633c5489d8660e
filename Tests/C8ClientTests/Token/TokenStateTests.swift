import Testing

@testable import C8Client

@Suite struct TokenStateTests {
    private func token(_ name: String, ttl: Double = 3600) -> Token {
        Token(value: Secret(name), generation: 1, fetched: .past, ttl: ttl)
    }

    /// A state that got its token, of no age, at 100.
    private func holding(_ token: Token) -> TokenState {
        var state = TokenState()
        #expect(state.request(except: [], at: 100) == .fetch(except: []))
        state.fetchEnded(token, age: 0, jitter: 0, at: 100)
        return state
    }

    @Test func firstCallerFetchesAndTheOthersJoin() {
        var state = TokenState()
        #expect(state.request(except: [], at: 0) == .fetch(except: []))
        for _ in 0..<50 { #expect(state.request(except: [], at: 0) == .join) }
        state.fetchEnded(token("a"), age: 0, jitter: 0, at: 1)
        #expect(state.request(except: [], at: 1) == .use(token("a")))
    }

    @Test func failedFetchLeavesNoTrace() {
        var state = TokenState()
        #expect(state.request(except: [], at: 0) == .fetch(except: []))
        state.fetchEnded(nil, age: 0, jitter: 0, at: 1)
        #expect(state.request(except: [], at: 1) == .fetch(except: []))
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
        #expect(state.request(except: [], at: 100 + minutes * 60) == expected)
    }

    @Test func ageAtAdoptionCounts() {
        var state = TokenState()
        #expect(state.request(except: [], at: 0) == .fetch(except: []))
        state.fetchEnded(token("a"), age: 3500, jitter: 0, at: 0)
        #expect(state.request(except: [], at: 99) == .useAndRenew(token("a")))
        #expect(state.request(except: [], at: 101) == .fetch(except: [Secret("a")]))
    }

    @Test func tokenFromTheFutureIsAsGoodAsNewAndNoBetter() {
        var state = TokenState()
        #expect(state.request(except: [], at: 0) == .fetch(except: []))
        state.fetchEnded(token("a"), age: -50_000, jitter: 0, at: 0)
        #expect(state.request(except: [], at: 3599) == .useAndRenew(token("a")))
        #expect(state.request(except: [], at: 3600) == .fetch(except: [Secret("a")]))
    }

    @Test func oneRenewsWhileTheOthersGoOn() {
        var state = holding(token("a"))
        #expect(state.request(except: [], at: 3400) == .useAndRenew(token("a")))
        #expect(state.request(except: [], at: 3400) == .use(token("a")))
        state.renewalEnded(token("b"), age: 0, jitter: 0, pause: 60, at: 3401)
        #expect(state.request(except: [], at: 3402) == .use(token("b")))
    }

    @Test func failedRenewalIsTriedAgainAfterItsPause() {
        var state = holding(token("a"))
        #expect(state.request(except: [], at: 3400) == .useAndRenew(token("a")))
        state.renewalEnded(nil, age: 0, jitter: 0, pause: 60, at: 3401)
        #expect(state.request(except: [], at: 3460) == .use(token("a")))
        #expect(state.request(except: [], at: 3461) == .useAndRenew(token("a")))
    }

    @Test func refusedTokenIsFetchedAnewOnce() {
        var state = holding(token("a"))
        #expect(state.request(except: [Secret("a")], at: 200) == .fetch(except: [Secret("a")]))
        #expect(state.request(except: [Secret("a")], at: 200) == .join)
        // Who has not heard of the refusal may still try: it costs one answer of the gateway.
        #expect(state.request(except: [], at: 200) == .use(token("a")))
        state.fetchEnded(token("b"), age: 0, jitter: 0, at: 260)
        #expect(state.request(except: [Secret("a")], at: 260) == .use(token("b")))
    }

    @Test func noRenewalBesidesAFetch() {
        var state = holding(token("a"))
        #expect(state.request(except: [Secret("a")], at: 3400) == .fetch(except: [Secret("a")]))
        #expect(state.request(except: [], at: 3400) == .use(token("a")))
    }

    @Test func deadTokenIsNotTakenAgain() {
        var state = holding(token("a"))
        #expect(state.request(except: [Secret("b")], at: 3701) == .fetch(except: [Secret("a"), Secret("b")]))
    }

    @Test func forgottenTokenIsFetchedAgain() {
        var state = holding(token("a"))
        state.forget()
        #expect(state.current == nil)
        #expect(state.request(except: [], at: 200) == .fetch(except: []))
    }

    /// 60 minutes: the window's first half is from 54 to 57.
    @Test(arguments: [(0.0, 54.0), (0.5, 55.5), (1, 57), (-3, 54), (9, 57)])
    func renewalBeginsSomewhereInTheFirstHalfOfTheWindow(jitter: Double, minutes: Double) {
        var state = TokenState()
        #expect(state.request(except: [], at: 0) == .fetch(except: []))
        state.fetchEnded(token("a"), age: 0, jitter: jitter, at: 0)
        #expect(state.request(except: [], at: minutes * 60 - 1) == .use(token("a")))
        #expect(state.request(except: [], at: minutes * 60) == .useAndRenew(token("a")))
    }

    @Test func noneOfSeveralRefusedTokensIsUsed() {
        var state = holding(token("a"))
        #expect(
            state.request(except: [Secret("a"), Secret("b")], at: 200) == .fetch(except: [Secret("a"), Secret("b")]))
    }
}
