/// The checked base URL: the only origin that ever gets the token.
struct BaseAddress: Sendable {
    /// Scheme, host, port and perhaps a path, without a slash at its end.
    private let text: String
    let host: String

    init(_ configuration: ClientConfiguration) throws(ClientError) {
        var text = configuration.baseURL
        while text.hasSuffix("/") { text.removeLast() }
        guard let separator = text.firstRange(of: "://") else {
            throw Self.wrong(text, "it must begin with https://")
        }
        let scheme = text[..<separator.lowerBound].lowercased()
        let rest = text[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard scheme == "https" || scheme == "http" else { throw Self.wrong(text, "it must begin with https://") }
        guard !authority.isEmpty else { throw Self.wrong(text, "it names no host") }
        guard !authority.contains("@") else { throw Self.wrong("its host", "it must not hold a user name or password") }
        let isPlain = rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
        guard isPlain, !rest.contains("?"), !rest.contains("#") else {
            throw Self.wrong(text, "it must be scheme, host and at most a path")
        }
        if scheme == "http", !configuration.allowInsecureHTTP, !Self.isLoopback(authority) {
            throw Self.wrong(
                text, "plain http is accepted for this machine alone: use https://, or --allow-insecure-http")
        }
        self.text = text
        host = String(authority)
    }

    /// - Parameter target: a checked path with its query.
    func url(_ target: String) -> String { text + target }

    private static func isLoopback(_ authority: Substring) -> Bool {
        if authority.hasPrefix("[::1]") { return true }
        let name = authority.prefix { $0 != ":" }
        if name == "localhost" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func wrong(_ text: String, _ problem: String) -> ClientError {
        ClientError(kind: .config, message: "the base URL \(text) cannot be used: \(problem)", outcome: .notSent)
    }
}
