/// A base URL that has been taken apart and found safe to put a path behind.
///
/// The rules are stricter than a URL's (RFC 3986), so that no two parsers can read different hosts out of it:
/// no user, query, fragment, backslash or percent escape; hosts are names, dotted IPv4 addresses or bracketed IPv6 ones.
struct BaseURL: Sendable, Equatable, CustomStringConvertible {
    /// `https` or `http`.
    let scheme: String
    /// The host in lower case; brackets kept around an IPv6 address.
    let host: String
    let port: Int?
    /// The path before the platform's own, without a trailing slash: empty, or `/prefix`.
    let path: String

    /// The URL without a trailing slash.
    var description: String { "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")\(path)" }

    /// True for hosts that never leave this machine: `localhost`, 127.0.0.0/8 written as four numbers, `[::1]`.
    var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        guard let octets = BaseURL.octets(of: host) else { return false }
        return octets[0] == 127
    }

    /// Reads a base URL; the error says which rule it breaks.
    init(parsing text: String) throws(BaseURLError) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw BaseURLError("holds a space, a control character or a character outside ASCII")
        }
        guard let separator = text.firstRange(of: "://") else {
            throw BaseURLError("must begin with https:// (or http:// for this machine)")
        }
        scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else {
            throw BaseURLError("must begin with https:// (or http:// for this machine), not \(scheme)://")
        }
        let rest = text[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(authority.count)
        for (character, meaning) in [
            ("@", "a user name"), ("?", "a query"), ("#", "a fragment"), ("\\", "a backslash"),
        ]
        where rest.contains(character) {
            throw BaseURLError("must not hold \(meaning)")
        }
        (host, port) = try BaseURL.hostAndPort(of: String(authority))
        self.path = try BaseURL.checkedPath(path)
    }

    private static func checkedPath(_ text: Substring) throws(BaseURLError) -> String {
        var path = text
        while path.hasSuffix("/") { path.removeLast() }
        for segment in path.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let isPlain = segment.utf8.allSatisfy { isLetterOrDigit($0) || "-._~".utf8.contains($0) }
            guard !segment.isEmpty, isPlain, segment != ".", segment != ".." else {
                throw BaseURLError("has a path that is not made of plain names")
            }
        }
        return String(path)
    }

    private static func hostAndPort(of authority: String) throws(BaseURLError) -> (host: String, port: Int?) {
        var host = authority
        var port: Int?
        let bracket = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[bracket...].firstIndex(of: ":") {
            let digits = authority[authority.index(after: colon)...]
            guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }),
                let number = Int(digits), (1...65_535).contains(number)
            else { throw BaseURLError("has a port that is not a number from 1 to 65535") }
            port = number
            host = String(authority[..<colon])
        }
        host = host.lowercased()
        guard isHost(host) else {
            throw BaseURLError(host.isEmpty ? "names no host" : "has a host that is no name or address: \(host)")
        }
        return (host, port)
    }

    private static func isHost(_ host: String) -> Bool {
        if host.hasPrefix("["), host.hasSuffix("]") {
            let address = host.dropFirst().dropLast()
            return address.contains(":") && address.utf8.allSatisfy { isHexDigit($0) || ":.".utf8.contains($0) }
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard host.utf8.count <= 253, let last = labels.last, !last.isEmpty else { return false }
        let areNames = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 45 || $0 == 95 }
                && !label.hasPrefix("-") && !label.hasSuffix("-")
        }
        // A last label that is a number makes it an IPv4 address, of which only the plain form is accepted: resolvers
        // also read 127.1, 0x7f.1 and 2130706433 as addresses.
        let looksNumeric = last.utf8.allSatisfy { (48...57).contains($0) } || last.hasPrefix("0x")
        return areNames && (!looksNumeric || octets(of: host) != nil)
    }

    private static func octets(of host: String) -> [Int]? {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let numbers = parts.compactMap { part -> Int? in
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (48...57).contains($0) }),
                part == "0" || !part.hasPrefix("0"), let number = Int(part), number <= 255
            else { return nil }
            return number
        }
        return numbers.count == 4 ? numbers : nil
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
    }
}
