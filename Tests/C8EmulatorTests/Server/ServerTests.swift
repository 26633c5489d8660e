import C8Emulator
import C8Platform
import Testing

struct ServerTests {
    @Test(
        arguments: [
            ("GET", "/", 404, 99_000_404), ("POST", "/emulator", 404, 99_000_404),
            ("POST", "/emulator/production/orders/", 404, 99_000_404),
            ("POST", "//emulator/production/orders", 404, 99_000_404),
            ("GET", "/emulator/production/orders/%zz", 404, 99_000_404),
            ("GET", "/emulator/production/orders/%ff", 404, 99_000_404),
            ("GET", "/emulator/production/orders/%+1", 404, 99_000_404),
            ("GET", "/emulator/production/orders", 405, 99_000_405),
            ("PUT", "/emulator/logistics/orders/A", 405, 99_000_405),
            ("GET", "/cncop/ca/v1/applications/get-token", 405, 99_000_405),
        ] as [(String, String, Int, Int64)])
    func unknownPathsAndMethodsAreAnsweredWithAnEnvelope(method: String, path: String, status: Int, code: Int64)
        async throws
    {
        try await withEmulator { session async throws in
            let answer = try await session.probe.send(method, path)
            let envelope = try Envelope.parse(answer.body)
            #expect(answer.status == status)
            #expect(envelope.code == code)
            #expect(envelope.traceID?.count == 36)
        }
    }

    @Test(arguments: ["{", "[]", "null", "{\"orderNo\": NaN}", "\u{0}", "{} x", String(repeating: "[", count: 100_000)])
    func aBodyThatIsNoJSONObjectIsRefused(body: String) async throws {
        try await withEmulator { session async throws in
            let token = try await session.token()
            for path in ["/emulator/production/orders", "/cncop/ca/v1/applications/get-token"] {
                let answer = try await session.probe.send(
                    "POST", path, headers: ["Authorization: \(token)"], body: Array(body.utf8))
                #expect(answer.status == 200)
                #expect(try Envelope.parse(answer.body).code == 99_000_400)
            }
        }
    }

    @Test func aBodyBeyondTheLimitIsRefusedWhole() async throws {
        try await withEmulator {
            $0.maximumBodyBytes = 100_000
        } _: { session async throws in
            let token = try await session.token()
            let answer = try await session.probe.send(
                "POST", "/emulator/production/orders", headers: ["Authorization: \(token)"],
                body: Array(repeating: UInt8(ascii: " "), count: 3_000_000))
            #expect(answer.status == 413)
            #expect(try Envelope.parse(answer.body).code == 99_000_413)
        }
    }

    @Test func aTokenIsAskedForBeforeTheBodyIsJudged() async throws {
        try await withEmulator { session async throws in
            let answer = try await session.probe.send("POST", "/emulator/production/orders", body: Array("{".utf8))
            #expect(try Envelope.parse(answer.body).code == 20_324_012)
        }
    }

    @Test(arguments: ["nonsense\r\n\r\n", "GET\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n"])
    func whatIsNoHTTPGetsNoFurther(text: String) async throws {
        try await withEmulator { session async throws in
            let answer = try? await session.probe.send(raw: Array(text.utf8))
            #expect(answer == nil || answer?.status == 400)
            #expect(try await session.getToken()["code"] == 200, "the next caller is served")
        }
    }

    @Test func aQueryIsNoPartOfThePath() async throws {
        try await withEmulator { session async throws in
            let token = try await session.token()
            let answer = try await session.probe.send(
                "GET", "/emulator/production/orders/A?x=1", headers: ["Authorization: \(token)"])
            #expect(try Envelope.parse(answer.body).code == 99_001_001)
        }
    }

    @Test func aPortInUseIsNamedWithTheRemedy() async throws {
        try await withEmulator { session async throws in
            let port = session.emulator.port
            #expect(session.emulator.baseURL == "http://127.0.0.1:\(port)")
            do throws(EmulatorError) {
                let second = try await Emulator.start(EmulatorConfiguration(port: port))
                await second.stop()
                Issue.record("two emulators on one port")
            } catch {
                #expect(error.kind == .portInUse)
                #expect(
                    error.message
                        == "port \(port) of 127.0.0.1 is in use by another program: choose another one with --port, or --port 0 for any free one"
                )
            }
        }
    }

    @Test(arguments: [
        EmulatorConfiguration(port: 65_536), EmulatorConfiguration(port: -1), EmulatorConfiguration(tokenTTL: 0),
        EmulatorConfiguration(tokenTTL: .nan), EmulatorConfiguration(tokenTTL: .infinity),
        EmulatorConfiguration(tokenInterval: -1),
        EmulatorConfiguration(accessKey: ""), EmulatorConfiguration(secretKey: ""),
        EmulatorConfiguration(maximumBodyBytes: 0),
    ])
    func aConfigurationThatCannotWorkIsRefused(configuration: EmulatorConfiguration) async {
        await #expect(throws: EmulatorError.self) {
            try await Emulator.start(configuration).stop()
        }
    }

    @Test func anAddressOfAnotherMachineCannotBeListenedOn() async {
        do throws(EmulatorError) {
            let emulator = try await Emulator.start(EmulatorConfiguration(host: "192.0.2.1"))
            await emulator.stop()
            Issue.record("192.0.2.1 is reserved for documentation")
        } catch {
            #expect(error.kind == .cannotListen)
            #expect(error.message.hasPrefix("the emulator cannot listen on 192.0.2.1, port 0: "))
        }
    }

    @Test func afterStoppingThePortIsFreeAndStoppingAgainDoesNothing() async throws {
        let emulator = try await Emulator.start()
        let port = emulator.port
        await emulator.stop()
        await emulator.stop()
        await #expect(throws: (any Error).self) {
            _ = try await Probe(port: port).send("GET", "/")
        }
        let next = try await Emulator.start(EmulatorConfiguration(port: port))
        #expect(next.port == port)
        await next.stop()
    }

    /// Clients that hold their connection open, idle or in the middle of a request, do not keep the emulator alive.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: ["", "POST /emulator/production/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"])
    func stoppingDoesNotWaitForSilentClients(sent: String) async throws {
        let emulator = try await Emulator.start()
        let client = try await SilentClient(port: emulator.port, sent: Array(sent.utf8))
        await emulator.stop()
        try await client.waitUntilClosed()
    }

    @Test func severalEmulatorsRunBesideEachOther() async throws {
        try await withEmulator { first async throws in
            try await withEmulator({ $0.seed = 2 }) { second async throws in
                #expect(first.emulator.port != second.emulator.port)
                let token = try await first.token()
                #expect(try await second.call("production.orders.list", [:], token: token)["code"] == 20_324_012)
            }
        }
    }

    @Test func requestsAreCountedAndRecordedWithTheirTime() async throws {
        try await withEmulator { session async throws in
            let token = try await session.token()
            session.clock.advance(by: 5)
            _ = try await session.call("production.orders.list", [:], token: token)
            _ = try await session.call("production.orders.list", [:], token: "x")
            _ = try await session.probe.send("GET", "/nowhere")
            let log = session.emulator.requestLog
            #expect(log.total == 4)
            #expect(log.calls == ["auth.get_token": 1, "production.orders.list": 2])
            #expect(log.records.map(\.code) == [200, 200, 20_324_012, 99_000_404])
            #expect(
                log.records.map(\.operation) == [
                    "auth.get_token", "production.orders.list", "production.orders.list", nil,
                ])
            #expect(log.records[1].time - log.records[0].time == 5)
            #expect(log.records[3].status == 404)
        }
    }

    @Test func theSystemsClockIsTheStandard() async throws {
        let emulator = try await Emulator.start()
        let answer = try await Probe(port: emulator.port).send("GET", "/")
        await emulator.stop()
        #expect(try Envelope.parse(answer.body).timestamp ?? 0 > 1_700_000_000_000)
    }
}
