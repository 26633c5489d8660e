import C8Client
import C8HTTP
import C8Platform
import OrderedCollections
import Testing

/// A dry run: whatever the way to the platform, nothing that would change something is sent.
@Suite struct DryRunTests {
    private static func fixture() -> Fixture {
        var fixture = Fixture { request, _ in
            request.url.hasSuffix("/get-token") ? .token("a") : .json(#"{"code": 200, "message": ""}"#)
        }
        fixture.configuration.isDryRun = true
        return fixture
    }

    @Test(arguments: [Effect.idempotent, .write])
    func requestsThatTheCatalogueLacksAreNotSent(effect: Effect) async throws {
        let fixture = Self.fixture()
        let log = LogRecorder()
        let client = try fixture.client(fixture.tokens(), logger: log.logger)
        let answer = try await client.request(
            PlatformRequest(method: .post, path: "/x", body: ["a": 1]), effect: effect)
        guard case .withheld(let withheld) = answer else {
            Issue.record("answered with \(answer)")
            return
        }
        #expect(withheld.placeholder == ["dry_run": true])
        #expect(withheld.request.body == ["a": 1] && withheld.effect == effect && withheld.operation == nil)
        #expect(fixture.transport.sent.isEmpty)
        #expect(log.texts.filter { $0.contains("dry run: not sent") }.count == 1)
    }

    @Test func boundOperationIsCheckedAndNotSent() async throws {
        let fixture = Self.fixture()
        let client = try fixture.client(fixture.tokens())
        let binding = Binding(
            id: "a.b", method: .post, path: try PathTemplate("/a"), effect: .write,
            request: ["no": FieldSchema(type: .string, required: true)], response: ["id": FieldSchema(type: .integer)])
        guard case .withheld(let withheld) = try await client.perform(binding, body: ["no": "1"]) else {
            Issue.record("sent")
            return
        }
        #expect(withheld.placeholder == ["dry_run": true, "id": 0])
        await #expect(throws: ClientError.self) { try await client.perform(binding, body: [:]) }
        let forbidden = CallOptions(headers: [("Host", "x")])
        await #expect(throws: ClientError.self) {
            try await client.perform(binding, body: ["no": "1"], options: forbidden)
        }
        #expect(fixture.transport.sent.isEmpty)
    }

    @Test func readsAreSent() async throws {
        let fixture = Self.fixture()
        let client = try fixture.client(fixture.tokens())
        let answer = try await client.request(PlatformRequest(method: .get, path: "/x"), effect: .read)
        #expect(answer.envelope?.isSuccess == true)
        #expect(fixture.transport.sent.count == 2)
    }
}
