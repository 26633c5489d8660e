/// Names of headers and fields whose values are in no cassette, whoever sent them.
enum SecretNames {
    /// How a cassette shows a secret. Without white space, so that it can stand wherever the secret stood.
    static func placeholder(_ name: String) -> String { beginning + name + end }

    static let beginning = "‹secret:"
    static let end = "›"

    /// - Parameter header: in any case.
    static func isSecret(header: String) -> Bool {
        let name = header.lowercased()
        if name.hasPrefix("proxy-") { return true }
        let words = ["auth", "cookie", "token", "secret", "password", "signature", "session", "credential"]
        let joined = normalized(name)
        return (words + ["apikey", "accesskey", "secretkey"]).contains { joined.contains($0) }
            && name != "www-authenticate"
    }

    /// - Parameter field: of a JSON object, a query or a form; in any case, its words joined in any way.
    static func isSecret(field: String) -> Bool { fields.contains(normalized(field)) }

    /// The first three are the platform's (page 获取 AccessToken), the others those of logins elsewhere.
    private static let fields: Set<String> = [
        "accesskey", "secretkeysign", "accesstoken", "secretkey", "refreshtoken", "idtoken", "token", "authorization",
        "clientsecret", "appsecret", "secret", "apikey", "apisecret", "password", "passwd", "passphrase", "privatekey",
    ]

    private static func normalized(_ name: String) -> String {
        name.lowercased().filter { $0 != "_" && $0 != "-" }
    }
}
