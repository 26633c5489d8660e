import C8Emulator
import C8Platform
import Testing

struct TokenCheckTests {
    private let list: OperationID = "production.orders.list"

    @Test func theBareTokenIsTakenAndNothingElse() async throws {
        try await withEmulator { session async throws in
            let token = try await session.token()
            #expect(try await session.call(list, [:], token: token)["code"] == 200)
            for wrong in ["Bearer \(token)", "\(token)x", "", "nonsense"] {
                let envelope = try await session.call(list, [:], token: wrong)
                #expect(envelope["code"] == 20_324_012)
                #expect(envelope["data"] == .null)
            }
            let answer = try await session.probe.send(
                "POST", "/emulator/production/orders/page", body: Array("{}".utf8))
            #expect(answer.status == 200)
            #expect(try JSONParser.parse(answer.body)["code"] == 20_324_012, "no header at all")
        }
    }

    @Test func aTokenEndsWithItsTime() async throws {
        try await withEmulator {
            $0.tokenTTL = 100
        } _: { session async throws in
            let token = try await session.token()
            session.clock.advance(by: 99.9)
            #expect(try await session.call(list, [:], token: token)["code"] == 200)
            session.clock.advance(by: 0.2)
            #expect(try await session.call(list, [:], token: token)["code"] == 20_324_013)
        }
    }

    @Test func allTokensCanBeEndedAtOnce() async throws {
        try await withEmulator { session async throws in
            let token = try await session.token()
            session.emulator.expireAllTokens()
            #expect(try await session.call(list, [:], token: token)["code"] == 20_324_013)
            session.clock.advance(by: 60)
            let next = try await session.token()
            #expect(try await session.call(list, [:], token: next)["code"] == 200)
        }
    }

    @Test(arguments: [(false, 200), (true, 20_324_012)] as [(Bool, Int64)])
    func aNewTokenReplacesTheOldOneOnlyWhenToldTo(replaces: Bool, code: Int64) async throws {
        try await withEmulator {
            $0.newTokenReplacesOld = replaces
        } _: { session async throws in
            let old = try await session.token()
            session.clock.advance(by: 60)
            let new = try await session.token()
            #expect(old != new)
            #expect(try await session.call(list, [:], token: old)["code"] == .integer(code))
            #expect(try await session.call(list, [:], token: new)["code"] == 200)
        }
    }

    @Test func aRefusalByMetaStatusIsHTTP200WithoutTheDocumentedCodes() async throws {
        try await withEmulator {
            $0.refusesTokensByMetaStatus = true
        } _: { session async throws in
            let answer = try await session.probe.send(
                "POST", "/emulator/production/orders/page", headers: ["Authorization: x"], body: Array("{}".utf8))
            let envelope = try Envelope.parse(answer.body)
            #expect(answer.status == 200)
            #expect(envelope.metaStatus == 401)
            #expect(!envelope.platformCode.isTokenRefusal)
            #expect(envelope.message.contains("token"))
        }
    }

    @Test func aRefusedTokenLeavesTheOrdersAlone() async throws {
        try await withEmulator { session async throws in
            let order: JSONValue = ["orderNo": "A", "productCode": "P", "quantity": 1]
            #expect(try await session.call("production.orders.create", order, token: "x")["code"] == 20_324_012)
            let token = try await session.token()
            #expect(
                try await session.call("production.orders.get", ["orderNo": "A"], token: token)["code"] == 99_001_001)
        }
    }
}
