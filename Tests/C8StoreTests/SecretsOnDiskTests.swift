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
        let store = SQLiteTokenStore(try StateStore.open(folder: folder.path))
        let fence = try #require(try await store.reserve(key, now: 100, until: 160, latest: 200))
        try await store.publish(
            key, fence: fence, token: Token(value: Secret("TOKENCANARY"), generation: fence, fetchedAt: 100, ttl: 3600),
            fetchAfter: 160,
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
