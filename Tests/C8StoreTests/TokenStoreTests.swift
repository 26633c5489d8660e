import C8Client
import C8Store
import Testing

/// What the protocol promises, asked of every store.
@Suite(.timeLimit(.minutes(2))) struct TokenStoreTests {
    private let key = TokenKey(baseURL: "https://platform.example", accessKey: "key")
    private let refusal = TokenRecord.Refusal(code: 20_324_005, fingerprint: "0123456789abcdef")

    private func token(_ text: String, _ generation: Int64) -> Token {
        Token(value: Secret(text), generation: generation, fetched: moment(1_677_737_429.715), ttl: 3599.5)
    }

    private func moment(_ wall: Double, boot: String? = "7c6a9b3e") -> Moment {
        Moment(wall: wall, uptime: boot.map { Moment.Uptime(bootID: $0, seconds: wall / 3) })
    }

    /// The next slot, seen as it is.
    private func reserve(_ fixture: StoreFixture, _ key: TokenKey, until: Double) async throws -> Int64? {
        let seen = try await fixture.store.read(key)
        return try await fixture.store.reserve(key, seen: seen, until: moment(until), holder: "host:1")
    }

    @Test(arguments: StoreKind.allCases)
    func unknownKeyHasNoRecord(kind: StoreKind) async throws {
        let fixture = try await StoreFixture(kind)
        #expect(try await fixture.store.read(key) == nil)
        try await fixture.store.clear(key)
        try await fixture.store.publish(key, fence: 0, token: token("a", 0), fetchAfter: moment(1), refusal: nil)
        try await fixture.store.publish(key, fence: 1, token: token("a", 1), fetchAfter: moment(1), refusal: refusal)
        #expect(try await fixture.store.read(key) == nil, "neither makes a record")
    }

    @Test(arguments: StoreKind.allCases)
    func slotIsTakenByWhoeverSawItAsItIs(kind: StoreKind) async throws {
        let fixture = try await StoreFixture(kind)
        let first = try await fixture.store.reserve(key, seen: nil, until: moment(160), holder: "host:1")
        #expect(first == 1)
        let record = TokenRecord(generation: 1, fetchAfter: moment(160), holder: "host:1")
        #expect(try await fixture.store.read(key) == record)
        let others: [TokenRecord?] = [
            nil, TokenRecord(generation: 0, fetchAfter: moment(160), holder: "host:1"),
            TokenRecord(generation: 2, fetchAfter: moment(160), holder: "host:1"),
            TokenRecord(generation: 1, fetchAfter: moment(160.001), holder: "host:1"),
            TokenRecord(generation: 1, fetchAfter: moment(160, boot: nil)),
            TokenRecord(generation: 1, fetchAfter: moment(160, boot: "another")),
        ]
        for seen in others {
            #expect(try await fixture.store.reserve(key, seen: seen, until: moment(999), holder: "host:2") == nil)
        }
        #expect(try await fixture.store.read(key) == record, "who gets nothing changes nothing")
        #expect(try await fixture.store.reserve(key, seen: record, until: moment(220.25), holder: "host:2") == 2)
        #expect(
            try await fixture.store.read(key)
                == TokenRecord(generation: 2, fetchAfter: moment(220.25), holder: "host:2"))
    }

    /// The end of a reservation may have been moved by its holder meanwhile.
    @Test(arguments: StoreKind.allCases)
    func publicationChangesWhatWasSeen(kind: StoreKind) async throws {
        let fixture = try await StoreFixture(kind)
        _ = try await reserve(fixture, key, until: 160)
        let seen = try await fixture.store.read(key)
        try await fixture.store.publish(key, fence: 1, token: nil, fetchAfter: moment(170), refusal: nil)
        #expect(try await fixture.store.reserve(key, seen: seen, until: moment(230), holder: "host:2") == nil)
    }

    @Test(arguments: StoreKind.allCases)
    func momentsMayLackTheUptime(kind: StoreKind) async throws {
        let fixture = try await StoreFixture(kind)
        let (until, fetched) = (moment(160, boot: nil), moment(100, boot: nil))
        _ = try await fixture.store.reserve(key, seen: nil, until: until, holder: "host:1")
        let token = Token(value: Secret("a"), generation: 1, fetched: fetched, ttl: 60)
        try await fixture.store.publish(key, fence: 1, token: token, fetchAfter: until, refusal: nil)
        #expect(
            try await fixture.store.read(key)
                == TokenRecord(generation: 1, token: token, fetchAfter: until, holder: "host:1"))
    }

    @Test(arguments: StoreKind.allCases)
    func newestFencePublishes(kind: StoreKind) async throws {
        let fixture = try await StoreFixture(kind)
        let fence = try #require(try await reserve(fixture, key, until: 160))
        let token = token("~秘密'\"\\ +/=", fence)
        try await fixture.store.publish(key, fence: fence, token: token, fetchAfter: moment(170.5), refusal: nil)
        #expect(
            try await fixture.store.read(key)
                == TokenRecord(generation: 1, token: token, fetchAfter: moment(170.5), holder: "host:1"))
    }

    @Test(arguments: StoreKind.allCases, [-1, 0, 1, 3])
    func anyOtherFencePublishesNothing(kind: StoreKind, fence: Int64) async throws {
        let fixture = try await StoreFixture(kind)
        _ = try await reserve(fixture, key, until: 160)
        _ = try await reserve(fixture, key, until: 220)
        try await fixture.store.publish(key, fence: 2, token: token("a", 2), fetchAfter: moment(230), refusal: nil)
        let before = try await fixture.store.read(key)
        try await fixture.store.publish(
            key, fence: fence, token: token("b", fence), fetchAfter: moment(0), refusal: refusal)
        #expect(try await fixture.store.read(key) == before)
    }

    @Test(arguments: StoreKind.allCases)
    func publicationWithoutATokenLeavesTheOldOne(kind: StoreKind) async throws {
        let fixture = try await StoreFixture(kind)
        _ = try await reserve(fixture, key, until: 160)
        try await fixture.store.publish(key, fence: 1, token: token("a", 1), fetchAfter: moment(160), refusal: nil)
        _ = try await reserve(fixture, key, until: 220)
        try await fixture.store.publish(key, fence: 2, token: nil, fetchAfter: moment(230), refusal: nil)
        #expect(
            try await fixture.store.read(key)
                == TokenRecord(generation: 2, token: token("a", 1), fetchAfter: moment(230), holder: "host:1"))
    }

    @Test(arguments: StoreKind.allCases)
    func reservationKeepsTokenAndRefusal(kind: StoreKind) async throws {
        let fixture = try await StoreFixture(kind)
        _ = try await reserve(fixture, key, until: 160)
        try await fixture.store.publish(key, fence: 1, token: token("a", 1), fetchAfter: moment(160), refusal: refusal)
        _ = try await reserve(fixture, key, until: 220)
        #expect(
            try await fixture.store.read(key)
                == TokenRecord(
                    generation: 2, token: token("a", 1), fetchAfter: moment(220), refusal: refusal, holder: "host:1"))
    }

    @Test(arguments: StoreKind.allCases)
    func refusalIsKeptUntilTheNextPublication(kind: StoreKind) async throws {
        let fixture = try await StoreFixture(kind)
        _ = try await reserve(fixture, key, until: 160)
        try await fixture.store.publish(key, fence: 1, token: nil, fetchAfter: moment(160), refusal: refusal)
        #expect(
            try await fixture.store.read(key)
                == TokenRecord(generation: 1, fetchAfter: moment(160), refusal: refusal, holder: "host:1"))
        try await fixture.store.publish(key, fence: 1, token: token("a", 1), fetchAfter: moment(170), refusal: nil)
        #expect(
            try await fixture.store.read(key)
                == TokenRecord(generation: 1, token: token("a", 1), fetchAfter: moment(170), holder: "host:1"))
    }

    @Test(arguments: StoreKind.allCases)
    func clearForgetsTheTokenAlone(kind: StoreKind) async throws {
        let fixture = try await StoreFixture(kind)
        _ = try await reserve(fixture, key, until: 160)
        try await fixture.store.publish(key, fence: 1, token: token("a", 1), fetchAfter: moment(170), refusal: refusal)
        try await fixture.store.clear(key)
        #expect(
            try await fixture.store.read(key)
                == TokenRecord(generation: 1, fetchAfter: moment(170), refusal: refusal, holder: "host:1"))
        try await fixture.store.publish(key, fence: 1, token: token("b", 1), fetchAfter: moment(180), refusal: nil)
        #expect(
            try await fixture.store.read(key)
                == TokenRecord(generation: 1, token: token("b", 1), fetchAfter: moment(180), holder: "host:1"))
    }

    @Test(
        arguments: StoreKind.allCases,
        [
            ("https://platform.example", "key2"), ("https://platform.example:443", "key"),
            ("http://platform.example", "key"),
            ("https://platform.examplek", "ey"), ("", ""),
        ])
    func keysShareNothing(kind: StoreKind, other: (baseURL: String, accessKey: String)) async throws {
        let fixture = try await StoreFixture(kind)
        let other = TokenKey(baseURL: other.baseURL, accessKey: other.accessKey)
        #expect(try await reserve(fixture, key, until: 160) == 1)
        #expect(try await reserve(fixture, other, until: 150) == 1)
        try await fixture.store.publish(key, fence: 1, token: token("a", 1), fetchAfter: moment(170), refusal: refusal)
        #expect(
            try await fixture.store.read(other) == TokenRecord(generation: 1, fetchAfter: moment(150), holder: "host:1")
        )
        try await fixture.store.clear(other)
        #expect(try await fixture.store.read(key)?.token == token("a", 1))
    }

    @Test(arguments: StoreKind.allCases)
    func ofManyAtOnceOneGetsTheSlot(kind: StoreKind) async throws {
        let fixture = try await StoreFixture(kind)
        for round in 1...5 {
            let seen = try await fixture.store.read(key)
            let until = moment(Double(round) * 100)
            let fences = try await withThrowingTaskGroup(of: Int64?.self) { group in
                for number in 0..<8 {
                    group.addTask { [key] in
                        try await fixture.store.reserve(key, seen: seen, until: until, holder: "host:\(number)")
                    }
                }
                return try await group.reduce(into: []) { fences, fence in fences += fence.map { [$0] } ?? [] }
            }
            #expect(fences == [Int64(round)])
        }
    }
}
