import C8Client
import C8HTTP
import Synchronization
import Testing

@Suite struct TokenSourceTests {
    @Test func fiftyCallersFetchOnce() async throws {
        let fixture = Fixture { _, _ in .token("a") }
        let tokens = fixture.tokens()
        let values = try await withThrowingTaskGroup(of: Secret.self) { group in
            for _ in 0..<50 { group.addTask { try await tokens.token().value } }
            return try await group.reduce(into: Set<Secret>()) { $0.insert($1) }
        }
        #expect(values == [Secret("a")])
        #expect(fixture.transport.tokenRequests == 1)
    }

    @Test func requestIsAsDocumented() async throws {
        let fixture = Fixture(secretKey: "秘密") { _, _ in .token("a") }
        _ = try await fixture.tokens().token()
        let request = try #require(fixture.transport.sent.first)
        #expect(request.method == "POST")
        #expect(request.url == "https://platform.example/cncop/ca/v1/applications/get-token")
        let body = String(decoding: request.body ?? [], as: UTF8.self)
        #expect(body == #"{"accessKey":"key","secretKeySign":"aa5b42abe9e9a55bfa1903370e7a9218"}"#)
        #expect(request.reusesConnection == false)
        #expect(!request.headers.contains { $0.name == "Authorization" })
    }

    @Test func secondSourceTakesTheTokenFromTheStore() async throws {
        let fixture = Fixture { _, _ in .token("a") }
        _ = try await fixture.tokens().token()
        #expect(try await fixture.tokens().token().value == Secret("a"))
        #expect(fixture.transport.tokenRequests == 1)
    }

    /// The page's example: 60 minutes, the last window begins at 54.
    @Test(arguments: [(30.0, 1, "1"), (53.0, 1, "1"), (56.0, 2, "1"), (61.0, 2, "2")])
    func tokenIsRenewedInTheLastTenthWhileTheOldOneIsUsed(minutes: Double, fetches: Int, used: String) async throws {
        let fixture = Fixture { _, number in .token("\(number)", ttl: 3600) }
        let tokens = fixture.tokens()
        _ = try await tokens.token()
        fixture.clock.advance(minutes * 60)
        #expect(try await tokens.token().value == Secret(used))
        await tokens.drain(atMost: .seconds(60))
        #expect(fixture.transport.tokenRequests == fetches)
        if fetches == 2 { #expect(try await tokens.token().value == Secret("2")) }
    }

    @Test func failedRenewalFailsNobodyWhileTheTokenIsGood() async throws {
        let fixture = Fixture { _, number in
            if number == 1 { return .token("1", ttl: 3600) }
            throw HTTPTransportError(kind: .closed, sent: .maybeSent, host: "h", message: "h: closed")
        }
        let tokens = fixture.tokens()
        _ = try await tokens.token()
        fixture.clock.advance(56 * 60)
        for _ in 0..<3 {
            #expect(try await tokens.token().value == Secret("1"))
            await tokens.drain(atMost: .seconds(60))
        }
        #expect(fixture.transport.tokenRequests == 2)
    }

    @Test func refusedTokenIsReplacedOnceTheIntervalIsOver() async throws {
        let fixture = Fixture { _, number in .token("\(number)") }
        let tokens = fixture.tokens()
        let first = try await tokens.token()
        let began = fixture.clock.now()
        #expect(try await tokens.token(replacing: first).value == Secret("2"))
        #expect(fixture.clock.now() - began >= 60)
    }

    @Test func newerTokenInTheStoreIsTakenBeforeAnyFetch() async throws {
        let fixture = Fixture { _, number in .token("\(number)") }
        let one = fixture.tokens(), other = fixture.tokens()
        let first = try await one.token()
        _ = try await other.token()
        fixture.clock.advance(100)
        let second = try await one.token(replacing: first)
        #expect(try await other.token(replacing: first) == second)
        #expect(fixture.transport.tokenRequests == 2)
    }

    @Test func tooOftenWaitsForTheWindowInsteadOfFailing() async throws {
        let fixture = Fixture { _, number in number == 1 ? .refusal(21_185_002) : .token("late") }
        let began = fixture.clock.now()
        #expect(try await fixture.tokens().token().value == Secret("late"))
        #expect(fixture.clock.now() - began >= 60)
    }

    @Test(arguments: [21_184_031, 21_184_032, 21_184_033, 21_180_031, 21_180_041] as [Int64])
    func refusedCredentialsFailAtOnceAndSayWhy(code: Int64) async throws {
        let fixture = Fixture { _, _ in .refusal(code, "应用账号或密钥不正确") }
        let began = fixture.clock.now()
        for _ in 0..<2 {
            let error = await #expect(throws: ClientError.self) { try await fixture.tokens().token() }
            #expect(error?.isCredentialRefusal == true)
            #expect(error?.code == code)
            #expect(error?.message.contains("\(code)") == true)
        }
        // The second process was told by the store: no second request within the minute, and no wait.
        #expect(fixture.transport.tokenRequests == 1)
        #expect(fixture.clock.now() == began)
    }

    @Test func requestThatWasNotSentFreesTheSlot() async throws {
        let fixture = Fixture { _, number in
            if number == 1 {
                throw HTTPTransportError(kind: .connect, sent: .notSent, host: "h", message: "h: connection refused")
            }
            return .token("2")
        }
        let tokens = fixture.tokens()
        let error = await #expect(throws: ClientError.self) { try await tokens.token() }
        #expect(error?.kind == .network)
        #expect(error?.message.contains("connection refused") == true)
        let began = fixture.clock.now()
        #expect(try await tokens.token().value == Secret("2"))
        #expect(fixture.clock.now() == began)
    }

    @Test func requestThatMayHaveArrivedKeepsTheSlot() async throws {
        let fixture = Fixture { _, number in
            if number == 1 {
                throw HTTPTransportError(kind: .closed, sent: .maybeSent, host: "h", message: "h: closed")
            }
            return .token("2")
        }
        let tokens = fixture.tokens()
        await #expect(throws: ClientError.self) { try await tokens.token() }
        let began = fixture.clock.now()
        #expect(try await tokens.token().value == Secret("2"))
        #expect(fixture.clock.now() - began >= 60)
    }

    @Test func holderThatDiedBlocksNobodyLongerThanItsReservation() async throws {
        let fixture = Fixture { _, _ in .token("a") }
        let key = TokenKey(baseURL: fixture.configuration.baseURL, accessKey: "key")
        let until = fixture.clock.moment.advanced(by: 70)
        #expect(try await fixture.store.reserve(key, seen: nil, until: until, holder: "h:1") == 1)
        #expect(try await fixture.tokens().token().value == Secret("a"))
        #expect(fixture.clock.real < 72)
    }

    @Test func clockThatWasSetBackDoesNotBlockForHours() async throws {
        let fixture = Fixture { _, number in .token("\(number)") }
        _ = try await fixture.tokens().token()
        fixture.clock.set(by: -7200)
        let began = fixture.clock.now()
        _ = try await fixture.tokens().token()
        #expect(fixture.clock.now() - began < 75)
    }

    @Test func cancelledCallersLeaveTheFetchToTheOthers() async throws {
        let gate = AsyncStream<Void>.makeStream()
        let fixture = Fixture { _, _ in
            for await _ in gate.stream {}
            return .token("a")
        }
        let tokens = fixture.tokens()
        let waiters = (0..<100).map { _ in Task { try await tokens.token() } }
        for waiter in waiters.dropLast() { waiter.cancel() }
        for waiter in waiters.dropLast() { await #expect(throws: ClientError.self) { try await waiter.value } }
        gate.continuation.finish()
        #expect(try await waiters.last?.value.value == Secret("a"))
        #expect(fixture.transport.tokenRequests == 1)
    }

    @Test(arguments: [
        "", "<html>", "{}", "{\"code\": 200, \"data\": null}", "{\"code\": 200, \"data\": {\"accessToken\": \"\"}}",
    ])
    func answerThatIsNoneIsAnError(body: String) async throws {
        let fixture = Fixture { _, _ in .json(body, status: 502) }
        let error = await #expect(throws: ClientError.self) { try await fixture.tokens().token() }
        #expect(error?.kind == .http)
    }

    @Test func unusableStoreIsReplacedByMemory() async throws {
        struct Broken: Error {}
        let fixture = Fixture { _, _ in .token("a") }
        let tokens = TokenSource(
            configuration: fixture.configuration, transport: fixture.transport, store: { throw Broken() },
            clock: fixture.clock, logger: Fixture.silent)
        #expect(try await tokens.token().value == Secret("a"))
        #expect(try await tokens.token().value == Secret("a"))
        #expect(fixture.transport.tokenRequests == 1)
    }
}
