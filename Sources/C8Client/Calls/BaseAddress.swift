/// The checked base URL: the only origin that ever gets the token.
///
/// Stricter than a URL (RFC 3986), so that no two parsers can read different hosts out of it.
struct BaseAddress: Sendable {
    /// Scheme, host, port and perhaps a path, without a slash at its end. Scheme and host in lower case, and no port
    /// where it is the scheme's own: one address has one text.
    let text: String
    /// The host, with its port if that is not the scheme's own.
    let host: String

    init(_ configuration: ClientConfiguration) throws(ClientError) {
        do {
            try self.init(parsing: configuration.baseURL, allowInsecureHTTP: configuration.allowInsecureHTTP)
        } catch {
            // A wrong URL may hold a password, so only a plain one is shown.
            let isPlain = !configuration.baseURL.contains { "@?#".contains($0) }
            let shown = isPlain ? " \(Excerpt.text(configuration.baseURL))" : ""
            throw ClientError(
                kind: .config,
                message: "the base URL\(shown) cannot be used: \(error.problem); write it like "
                    + "https://sapi.supercarrier8.com, as base_url of the profile or in C8_BASE_URL", outcome: .notSent)
        }
    }

    /// The one text of an address, for comparing; a URL that cannot be used is left as it is.
    static func canonical(_ baseURL: String) -> String {
        (try? BaseAddress(parsing: baseURL, allowInsecureHTTP: true))?.text ?? baseURL
    }

    /// - Parameter target: a checked path with its query.
    func url(_ target: String) -> String { text + target }

    // MARK: - Reading

    private struct Wrong: Error {
        let problem: String
    }

    private init(parsing url: String, allowInsecureHTTP: Bool) throws(Wrong) {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !url.contains("\\") else {
            throw Wrong(problem: "it holds a space, a backslash, or a character outside ASCII")
        }
        guard let separator = url.firstRange(of: "://") else { throw Wrong(problem: "it must begin with https://") }
        let scheme = url[..<separator.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else { throw Wrong(problem: "it must begin with https://") }
        let rest = url[separator.upperBound...]
        guard !rest.contains("@") else { throw Wrong(problem: "it must not hold a user name or password") }
        guard !rest.contains("?"), !rest.contains("#") else {
            throw Wrong(problem: "it must be scheme, host and at most a path, without a query or fragment")
        }
        let authority = rest.prefix { $0 != "/" }
        var path = rest.dropFirst(authority.count)
        while path.hasSuffix("/") { path.removeLast() }
        for segment in path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        where segment.isEmpty || segment == "." || segment == ".." || segment.contains("%") {
            throw Wrong(problem: "its path must be made of plain names")
        }
        let (name, port) = try Self.split(authority)
        if scheme == "http", !allowInsecureHTTP, !Self.isLoopback(name) {
            throw Wrong(
                problem: "plain http is accepted for this machine alone: use https://, or --allow-insecure-http")
        }
        let standard = scheme == "https" ? 443 : 80
        host = port.map { $0 == standard ? name : "\(name):\($0)" } ?? name
        text = "\(scheme)://\(host)\(path)"
    }

    private static func split(_ authority: Substring) throws(Wrong) -> (host: String, port: Int?) {
        // The colons of an IPv6 address are inside its brackets.
        let end = authority.lastIndex(of: "]") ?? authority.startIndex
        let colon = authority[end...].firstIndex(of: ":")
        let host = authority[..<(colon ?? authority.endIndex)].lowercased()
        guard !host.isEmpty else { throw Wrong(problem: "it names no host") }
        guard isHost(host) else { throw Wrong(problem: "its host is no name or address") }
        guard let colon else { return (host, nil) }
        let digits = authority[authority.index(after: colon)...]
        guard digits.utf8.count <= 5, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits),
            (1...65_535).contains(port)
        else { throw Wrong(problem: "its port is no number from 1 to 65535") }
        return (host, port)
    }

    /// A name, four decimal numbers, or an IPv6 address in brackets. Names that end in a number are not taken: some
    /// resolvers read `127.1` and `0x7f.1` as addresses, and others do not.
    private static func isHost(_ host: String) -> Bool {
        if host.hasPrefix("["), host.hasSuffix("]") {
            let address = host.dropFirst().dropLast()
            return address.contains(":") && address.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard host.utf8.count <= 253, let last = labels.last?.utf8.first else { return false }
        let arePlain = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count)
                && label.utf8.allSatisfy {
                    (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
                }
        }
        return arePlain && (!(0x30...0x39).contains(last) || octets(host) != nil)
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "[::1]" || octets(host)?.first == 127
    }

    private static func octets(_ host: String) -> [UInt8]? {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0 == "0" || !$0.hasPrefix("0") ? UInt8($0) : nil }
        return parts.count == 4 && numbers.count == 4 ? numbers : nil
    }
}
