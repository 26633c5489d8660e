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
