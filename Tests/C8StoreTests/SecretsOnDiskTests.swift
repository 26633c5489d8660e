import C8Store
import Testing

@testable import C8Client

@Suite struct SecretsOnDiskTests {
    /// Only the token itself is kept: neither what it was bought with, nor whose it is.
    @Test func filesHoldTheTokenAndNothingElseOfTheApplication() async throws {
        let secretKey = "SECRETKEYCANARY", accessKey = "ACCESSKEYCANARY", host = "canary.example"
        let folder = try TemporaryFolder()
        let key = TokenKey(baseURL: "https://\(host)", accessKey: accessKey)
        let credentials = Credentials(accessKey: accessKey, secretKey: Secret(secretKey))
        let store = SQLiteTokenStore(try await StateStore.open(folder: folder.path))
        let until = Moment(wall: 160)
        let fence = try #require(try await store.reserve(key, seen: nil, until: until, holder: "host:1"))
        try await store.publish(
            key, fence: fence,
            token: Token(value: Secret("TOKENCANARY"), generation: fence, fetched: Moment(wall: 100), ttl: 3600),
            fetchAfter: until,
            refusal: TokenRecord.Refusal(code: 20_324_005, fingerprint: credentials.fingerprint(key)))

        var content = ""
        for name in TemporaryFolder.names(in: folder.path) {
            content += String(decoding: try TemporaryFolder.bytes(of: folder.path + "/" + name), as: UTF8.self)
        }
        #expect(content.contains("TOKENCANARY"), "the search finds what is there")
        let sign = credentials.sign.revealForStore()
        for text in [secretKey, sign, String(sign.prefix(16)), accessKey, host] { #expect(!content.contains(text)) }
    }
}
