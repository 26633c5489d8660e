import C8HTTP
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(2))) struct ConnectionTests {
    @Test(
        arguments: [
            ([true, true, true], 1), ([false, false, false], 3),
            // A kept connection is never used for a request that must not be repeated.
            ([true, false, true], 2), ([false, true, true], 2),
        ])
    func connectionIsKeptForThoseThatReuseIt(reuses: [Bool], accepts: Int) async throws {
        try await withServer { moment in
            guard case .request(let request) = moment else { return .goOn }
            return .answer(body: Array("\(request.number)".utf8))
        } _: { fixture async throws in
            for (index, reuse) in reuses.enumerated() {
                let body = try await fixture.send(reusesConnection: reuse).body
                #expect(String(decoding: body, as: UTF8.self) == "\(index + 1)")
            }
            #expect(fixture.server.accepts == accepts)
        }
    }

    @Test(.timeLimit(.minutes(1))) func freshConnectionIsClosedAfterItsRequest() async throws {
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .answer()
        } _: { fixture async throws in
            #expect(try await fixture.send(reusesConnection: false).status == 200)
            // Without the close this waits until the time limit.
            await fixture.server.wait(for: .closed)
            #expect(fixture.server.accepts == 1)
        }
    }

    @Test func requestsAtOnceEachGetTheirOwnAnswer() async throws {
        try await withServer { moment in
            guard case .request(let request) = moment else { return .goOn }
            return .answer(body: request.body)
        } _: { fixture async throws in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        let body = Array("\(number)".utf8)
                        return try await fixture.send(body: body, reusesConnection: number % 2 == 0).body == body
                    }
                }
                for try await same in group { #expect(same) }
            }
        }
    }

    /// A server may close a connection at the very moment at which it is used again.
    @Test(arguments: [nil, Array("HTTP/1.1 200 OK\r\nContent-Le".utf8)]) func keptConnectionThatWasClosedCostsNothing(
        answer: [UInt8]?
    ) async throws {
        try await withServer { moment in
            guard case .request(let request) = moment else { return .goOn }
            return switch request.number {
            case 2: answer.map { .sendThenClose($0) } ?? .close
            default: .answer(body: Array("\(request.number)".utf8))
            }
        } _: { fixture async throws in
            #expect(try await fixture.send(body: [1]).body == Array("1".utf8))
            guard answer == nil else {
                // With the first byte of an answer the connection has served.
                #expect(try await failure { try await fixture.send(body: [1]) }.sent == .maybeSent)
                #expect(fixture.server.requests.count == 2)
                return
            }
            #expect(try await fixture.send(body: [1]).body == Array("3".utf8))
            #expect(fixture.server.accepts == 2)
        }
    }

    @Test func closedConnectionIsReplacedOnce() async throws {
        try await withServer { moment in
            guard case .request(let request) = moment else { return .goOn }
            return request.number == 1 ? .answer() : .close
        } _: { fixture async throws in
            _ = try await fixture.send()
            #expect(try await failure { try await fixture.send() }.kind == .closed)
            #expect(fixture.server.requests.count == 3)
            // The same on a connection that was never used before: sent once.
            #expect(try await failure { try await fixture.send() }.kind == .closed)
            #expect(fixture.server.requests.count == 4)
        }
    }

    @Test func nextRequestIsServedAfterAFailedOne() async throws {
        try await withServer { moment in
            guard case .request(let request) = moment else { return .goOn }
            return request.number == 1 ? .close : .answer()
        } _: { fixture async throws in
            #expect(try await failure { try await fixture.send() }.kind == .closed)
            #expect(try await fixture.send().status == 200)
        }
    }

    @Test(arguments: [true, false])
    func nothingIsOpenedBeforeTheFirstRequest(afterShutdown: Bool) async throws {
        try await withServer { _ in
            .goOn
        } _: { fixture async throws in
            if afterShutdown { await fixture.transport.shutdown() }
            #expect(fixture.server.accepts == 0)
        }
    }

    @Test(arguments: [true, false])
    func requestAfterShutdownIsNotSent(usedBefore: Bool) async throws {
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .answer()
        } _: { fixture async throws in
            if usedBefore { _ = try await fixture.send() }
            await fixture.transport.shutdown()
            await fixture.transport.shutdown()
            let error = try await failure { try await fixture.send() }
            #expect(error.kind == .closed)
            #expect(error.sent == .notSent)
            #expect(fixture.server.requests.count == (usedBefore ? 1 : 0))
        }
    }

    @Test func shutdownEndsARequestUnderWay() async throws {
        try await withServer { _ in
            .goOn
        } _: { fixture async throws in
            async let error = failure { try await fixture.send() }
            await fixture.server.wait(for: .request(1))
            await fixture.transport.shutdown()
            #expect(try await error.sent == .maybeSent)
        }
    }
}
