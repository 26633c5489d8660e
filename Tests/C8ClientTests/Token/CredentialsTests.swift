import Testing

@testable import C8Client

@Suite struct CredentialsTests {
    /// Figures of `md5sum`.
    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"), ("secret", "5ebe2294ecd0e0f08eab7690d2a6ee69"),
        ("秘密", "aa5b42abe9e9a55bfa1903370e7a9218"),
    ])
    func signIsTheMD5OfTheSecretsUTF8InLowerHex(secret: String, sign: String) {
        #expect(Credentials(accessKey: "key", secretKey: Secret(secret)).sign.revealed == sign)
    }

    @Test func signGivenIsTakenInLowerCase() {
        let credentials = Credentials(accessKey: "key", sign: Secret("5EBE2294ECD0E0F08EAB7690D2A6EE69"))
        #expect(credentials.sign.revealed == "5ebe2294ecd0e0f08eab7690d2a6ee69")
    }

    @Test func fingerprintTellsSecretsApartAndShowsNothing() {
        let key = TokenKey(baseURL: "https://x", accessKey: "key")
        let other = TokenKey(baseURL: "https://y", accessKey: "key")
        let one = Credentials(accessKey: "key", secretKey: Secret("one"))
        let two = Credentials(accessKey: "key", secretKey: Secret("two"))
        #expect(one.fingerprint(key) == one.fingerprint(key))
        #expect(one.fingerprint(key) != two.fingerprint(key))
        #expect(one.fingerprint(key) != one.fingerprint(other))
        #expect(!one.sign.revealed.contains(one.fingerprint(key)))
    }

    @Test func secretDescribesItselfByNoMeans() {
        let secret = Secret("CANARY-secret")
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), "\([secret])",
            "\(Optional(secret) as Any)",
            "\(Mirror(reflecting: secret).children.map { $0.value })",
        ]
        var dumped = ""
        dump(secret, to: &dumped)
        for text in texts + [dumped] { #expect(!text.contains("CANARY")) }
    }

    @Test func secretIsTakenOutOfAText() {
        #expect(Secret("CANARY-token").hidden(in: "a CANARY-token, CANARY-token") == "a ‹secret›, ‹secret›")
        #expect(Secret("a").hidden(in: "a plain text") == "a plain text")
    }
}
