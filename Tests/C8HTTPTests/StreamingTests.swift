import C8HTTP
import Glibc
import ScriptedServer
import Synchronization
import Testing

/// Bodies that are never whole in memory, in both directions.
@Suite(.timeLimit(.minutes(2))) struct StreamingTests {
    private struct Broken: Error {}

    /// Keeps what it takes, and can fail after some of it.
    private final class Basket: HTTPResponseSink {
        let taken = Mutex<[UInt8]>([])
        let takes: Bool
        let limit: Int

        init(takes: Bool = true, limit: Int = .max) {
            self.takes = takes
            self.limit = limit
        }

        func accepts(status: Int, headers: [(name: String, value: String)]) -> Bool { takes && status == 200 }

        func receive(_ bytes: [UInt8]) throws {
            try taken.withLock { taken in
                taken += bytes
                if taken.count > limit { throw Broken() }
            }
        }
    }

    private static func content(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    }

    private static func upload(_ bytes: [UInt8], length: Int? = nil) -> HTTPUpload {
        HTTPUpload(length: Int64(length ?? bytes.count)) { offset, count in
            Array(bytes[min(Int(offset), bytes.count)..<min(Int(offset) + count, bytes.count)])
        }
    }

    /// Where reading stands still until it is let go on.
    private final class Gate: Sendable {
        let isReached = Atomic(false)
        let isOpen = Atomic(false)

        func pass() {
            isReached.store(true, ordering: .releasing)
            while !isOpen.load(ordering: .acquiring) { usleep(1000) }
        }
    }

    /// A piece that is read when all connections are closed already is not written to a loop that has ended.
    @Test func theTransportOutlivesABodyThatIsBeingRead() async throws {
        let server = try await ScriptedServer.start { _ in .goOn }
        let transport = SocketTransport(logger: Fixture.silent)
        let gate = Gate()
        let upload = HTTPUpload(length: 1 << 20) { offset, count in
            if offset > 0 { gate.pass() }
            return [UInt8](repeating: 7, count: count)
        }
        let request = HTTPRequest(method: "POST", url: server.url("/"), upload: upload)
        let sending = Task { try await transport.send(request) }
        while !gate.isReached.load(ordering: .acquiring) { await Task.yield() }
        sending.cancel()
        let error = await #expect(throws: HTTPTransportError.self) { try await sending.value }
        #expect(error?.kind == .cancelled)
        async let end: Void = transport.shutdown()
        // Time for a loop that would end too early.
        try await Task.sleep(for: .milliseconds(200))
        gate.isOpen.store(true, ordering: .releasing)
        await end
        // Nothing that comes after the end is sent, or ends the process.
        await #expect(throws: HTTPTransportError.self) { try await transport.send(request) }
        await server.stop()
    }

    @Test(arguments: [0, 1, 65_536, 65_537, 1_000_000]) func anUploadArrivesWhole(count: Int) async throws {
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .answer()
        } _: { fixture async throws in
            let bytes = Self.content(count)
            for _ in 0..<2 {
                _ = try await fixture.transport.send(
                    HTTPRequest(method: "POST", url: fixture.server.url("/"), upload: Self.upload(bytes)))
            }
            #expect(fixture.server.requests.map(\.body) == [bytes, bytes])
            let length = fixture.server.requests.first?.headers.first { $0.name.lowercased() == "content-length" }
            #expect(length?.value == "\(count)")
        }
    }

    @Test func aSourceThatEndsEarlyIsNoShorterRequest() async throws {
        try await withServer { _ in
            .goOn
        } _: { fixture async throws in
            let request = HTTPRequest(
                method: "POST", url: fixture.server.url("/"), upload: Self.upload(Self.content(100), length: 200))
            let error = await #expect(throws: HTTPTransportError.self) { try await fixture.transport.send(request) }
            #expect(error?.kind == .local)
            #expect(error?.sent == .partly)
            #expect(error?.message.contains("100 bytes shorter") == true)
            #expect(fixture.server.requests.isEmpty)
        }
    }

    @Test func aSourceThatFailsSaysWhy() async throws {
        try await withServer { _ in
            .goOn
        } _: { fixture async throws in
            let upload = HTTPUpload(length: 10) { _, _ in throw Broken() }
            let request = HTTPRequest(method: "POST", url: fixture.server.url("/"), upload: upload)
            let error = await #expect(throws: HTTPTransportError.self) { try await fixture.transport.send(request) }
            #expect(error?.kind == .local)
            #expect(error?.cause is Broken)
        }
    }

    /// More than the socket's buffers hold, so that the connection breaks in the middle of it.
    @Test(arguments: [true, false]) func aConnectionThatBreaksInTheMiddleOfABodyHasNotSentIt(
        isUpload: Bool
    ) async throws {
        let bytes = [UInt8](repeating: 7, count: 16 << 20)
        try await withServer { moment in
            if case .head = moment { .close } else { .goOn }
        } _: { fixture async throws in
            var request = HTTPRequest(method: "POST", url: fixture.server.url("/"), reusesConnection: false)
            if isUpload { request.upload = Self.upload(bytes) } else { request.body = bytes }
            let error = await #expect(throws: HTTPTransportError.self) { try await fixture.transport.send(request) }
            #expect(error?.kind == .closed && error?.sent == .partly, "\(String(describing: error))")
            #expect(fixture.server.requests.isEmpty)
        }
    }

    @Test(arguments: [1, 65_536, 65_537]) func aWholeBodyMayHaveBeenSent(count: Int) async throws {
        try await withServer { moment in
            if case .request = moment { .close } else { .goOn }
        } _: { fixture async throws in
            for isUpload in [true, false] {
                var request = HTTPRequest(method: "POST", url: fixture.server.url("/"), reusesConnection: false)
                let bytes = Self.content(count)
                if isUpload { request.upload = Self.upload(bytes) } else { request.body = bytes }
                let error = await #expect(throws: HTTPTransportError.self) { try await fixture.transport.send(request) }
                #expect(error?.sent == .maybeSent)
            }
            #expect(fixture.server.requests.count == 2)
        }
    }

    @Test(arguments: [true, false]) func aSinkTakesTheBodyItAccepts(takes: Bool) async throws {
        let bytes = Self.content(500_000)
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .answer(body: bytes)
        } _: { fixture async throws in
            let basket = Basket(takes: takes)
            let response = try await fixture.transport.send(
                HTTPRequest(
                    method: "GET", url: fixture.server.url("/"), sink: basket,
                    maximumResponseBytes: takes ? 10 : 1 << 20))
            #expect(response.wentToSink == takes)
            #expect(response.body == (takes ? [] : bytes))
            #expect(basket.taken.withLock { $0 } == (takes ? bytes : []))
        }
    }

    @Test func aSinkThatFailsEndsTheExchange() async throws {
        let bytes = Self.content(500_000)
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .answer(body: bytes)
        } _: { fixture async throws in
            let request = HTTPRequest(method: "GET", url: fixture.server.url("/"), sink: Basket(limit: 1000))
            let error = await #expect(throws: HTTPTransportError.self) { try await fixture.transport.send(request) }
            #expect(error?.kind == .local)
            #expect(error?.cause is Broken)
        }
    }

    @Test func aTransportThatIsForgottenClosesItself() async throws {
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .answer()
        } _: { fixture async throws in
            var forgotten: SocketTransport? = SocketTransport(logger: Fixture.silent)
            _ = try await forgotten?.send(HTTPRequest(method: "GET", url: fixture.server.url("/")))
            forgotten = nil
            #expect(await fixture.server.wait(for: .closed))
        }
    }
}
