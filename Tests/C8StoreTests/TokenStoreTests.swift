import C8Client
import C8Store
import Testing

/// What the protocol promises, asked of every store.
@Suite(.timeLimit(.minutes(2))) struct TokenStoreTests {
    private let key = TokenKey(baseURL: "https://platform.example", accessKey: "key")
    private let refusal = TokenRecord.Refusal(code: 20_324_005, fingerprint: "0123456789abcdef")

    private func token(_ text: String, _ generation: Int64) -> Token {
        Token(value: Secret(text), generation: generation, fetchedAt: 1_677_737_429.715, ttl: 3599.5)
    }

    @Test(arguments: StoreKind.allCases)
    func unknownKeyHasNoRecord(kind: StoreKind) async throws {
        let fixture = try StoreFixture(kind)
        #expect(try await fixture.store.read(key) == nil)
        try await fixture.store.clear(key)
        try await fixture.store.publish(key, fence: 0, token: token("a", 0), fetchAfter: 1, refusal: nil)
        try await fixture.store.publish(key, fence: 1, token: token("a", 1), fetchAfter: 1, refusal: refusal)
        #expect(try await fixture.store.read(key) == nil, "neither makes a record")
    }

    @Test(arguments: StoreKind.allCases)
    func slotIsTakenOnceUntilItsTime(kind: StoreKind) async throws {
        let fixture = try StoreFixture(kind)
        let first = try await fixture.store.reserve(key, now: 100, until: 160, latest: 200)
        #expect(first == 1)
        #expect(try await fixture.store.read(key) == TokenRecord(generation: 1, fetchAfter: 160))
        for now in [100, 159.999, 0, -1] {
            #expect(try await fixture.store.reserve(key, now: now, until: 999, latest: 200) == nil)
        }
        #expect(try await fixture.store.read(key)?.fetchAfter == 160, "who gets nothing changes nothing")
        #expect(try await fixture.store.reserve(key, now: 160, until: 220.25, latest: 260) == 2)
        #expect(try await fixture.store.read(key) == TokenRecord(generation: 2, fetchAfter: 220.25))
    }

    /// A clock that was ahead, and has been set back, must not stop the fetching for years.
    @Test(
        arguments: StoreKind.allCases,
        [(200, false), (200.001, true), (1e15, true), (100.001, false), (100, true), (-1e15, true)])
    func timeBeyondTheLatestBindsNobody(kind: StoreKind, slot: (fetchAfter: Double, free: Bool)) async throws {
        let fixture = try StoreFixture(kind)
        _ = try await fixture.store.reserve(key, now: 0, until: slot.fetchAfter, latest: 0)
        let fence = try await fixture.store.reserve(key, now: 100, until: 160, latest: 200)
        #expect(fence == (slot.free ? 2 : nil))
        #expect(try await fixture.store.read(key)?.fetchAfter == (slot.free ? 160 : slot.fetchAfter))
    }

    @Test(arguments: StoreKind.allCases)
    func newestFencePublishes(kind: StoreKind) async throws {
        let fixture = try StoreFixture(kind)
        let fence = try #require(try await fixture.store.reserve(key, now: 100, until: 160, latest: 200))
        let token = token("~秘密'\"\\ +/=", fence)
        try await fixture.store.publish(key, fence: fence, token: token, fetchAfter: 170.5, refusal: nil)
        #expect(try await fixture.store.read(key) == TokenRecord(generation: 1, token: token, fetchAfter: 170.5))
    }

    @Test(arguments: StoreKind.allCases, [-1, 0, 1, 3])
    func anyOtherFencePublishesNothing(kind: StoreKind, fence: Int64) async throws {
        let fixture = try StoreFixture(kind)
        _ = try await fixture.store.reserve(key, now: 100, until: 160, latest: 200)
        _ = try await fixture.store.reserve(key, now: 160, until: 220, latest: 260)
        try await fixture.store.publish(key, fence: 2, token: token("a", 2), fetchAfter: 230, refusal: nil)
        let before = try await fixture.store.read(key)
        try await fixture.store.publish(key, fence: fence, token: token("b", fence), fetchAfter: 0, refusal: refusal)
        #expect(try await fixture.store.read(key) == before)
    }

    @Test(arguments: StoreKind.allCases)
    func publicationWithoutATokenLeavesTheOldOne(kind: StoreKind) async throws {
        let fixture = try StoreFixture(kind)
        _ = try await fixture.store.reserve(key, now: 100, until: 160, latest: 200)
        try await fixture.store.publish(key, fence: 1, token: token("a", 1), fetchAfter: 160, refusal: nil)
        _ = try await fixture.store.reserve(key, now: 160, until: 220, latest: 260)
        try await fixture.store.publish(key, fence: 2, token: nil, fetchAfter: 230, refusal: nil)
        #expect(
            try await fixture.store.read(key) == TokenRecord(generation: 2, token: token("a", 1), fetchAfter: 230))
    }

    @Test(arguments: StoreKind.allCases)
    func reservationKeepsTokenAndRefusal(kind: StoreKind) async throws {
        let fixture = try StoreFixture(kind)
        _ = try await fixture.store.reserve(key, now: 100, until: 160, latest: 200)
        try await fixture.store.publish(key, fence: 1, token: token("a", 1), fetchAfter: 160, refusal: refusal)
        _ = try await fixture.store.reserve(key, now: 160, until: 220, latest: 260)
        #expect(
            try await fixture.store.read(key)
                == TokenRecord(generation: 2, token: token("a", 1), fetchAfter: 220, refusal: refusal))
    }

    @Test(arguments: StoreKind.allCases)
    func refusalIsKeptUntilTheNextPublication(kind: StoreKind) async throws {
        let fixture = try StoreFixture(kind)
        _ = try await fixture.store.reserve(key, now: 100, until: 160, latest: 200)
        try await fixture.store.publish(key, fence: 1, token: nil, fetchAfter: 160, refusal: refusal)
        #expect(try await fixture.store.read(key) == TokenRecord(generation: 1, fetchAfter: 160, refusal: refusal))
        try await fixture.store.publish(key, fence: 1, token: token("a", 1), fetchAfter: 170, refusal: nil)
        #expect(try await fixture.store.read(key) == TokenRecord(generation: 1, token: token("a", 1), fetchAfter: 170))
    }

    @Test(arguments: StoreKind.allCases)
    func clearForgetsTheTokenAlone(kind: StoreKind) async throws {
        let fixture = try StoreFixture(kind)
        _ = try await fixture.store.reserve(key, now: 100, until: 160, latest: 200)
        try await fixture.store.publish(key, fence: 1, token: token("a", 1), fetchAfter: 170, refusal: refusal)
        try await fixture.store.clear(key)
        #expect(try await fixture.store.read(key) == TokenRecord(generation: 1, fetchAfter: 170, refusal: refusal))
        #expect(try await fixture.store.reserve(key, now: 169, until: 230, latest: 260) == nil)
        try await fixture.store.publish(key, fence: 1, token: token("b", 1), fetchAfter: 180, refusal: nil)
        #expect(try await fixture.store.read(key) == TokenRecord(generation: 1, token: token("b", 1), fetchAfter: 180))
    }

    @Test(
        arguments: StoreKind.allCases,
        [
            ("https://platform.example", "key2"), ("https://platform.example:443", "key"),
            ("http://platform.example", "key"),
            ("https://platform.examplek", "ey"), ("", ""),
        ])
    func keysShareNothing(kind: StoreKind, other: (baseURL: String, accessKey: String)) async throws {
        let fixture = try StoreFixture(kind)
        let other = TokenKey(baseURL: other.baseURL, accessKey: other.accessKey)
        #expect(try await fixture.store.reserve(key, now: 100, until: 160, latest: 200) == 1)
        #expect(try await fixture.store.reserve(other, now: 100, until: 150, latest: 200) == 1)
        try await fixture.store.publish(key, fence: 1, token: token("a", 1), fetchAfter: 170, refusal: refusal)
        #expect(try await fixture.store.read(other) == TokenRecord(generation: 1, fetchAfter: 150))
        try await fixture.store.clear(other)
        #expect(try await fixture.store.read(key)?.token == token("a", 1))
    }

    @Test(arguments: StoreKind.allCases)
    func ofManyAtOnceOneGetsTheSlot(kind: StoreKind) async throws {
        let fixture = try StoreFixture(kind)
        for round in 1...5 {
            let now = Double(round) * 100
            let fences = try await withThrowingTaskGroup(of: Int64?.self) { group in
                for _ in 0..<8 {
                    group.addTask { [key] in
                        try await fixture.store.reserve(key, now: now, until: now + 60, latest: now + 200)
                    }
                }
                return try await group.reduce(into: []) { fences, fence in fences += fence.map { [$0] } ?? [] }
            }
            #expect(fences == [Int64(round)])
        }
    }
}
