/// An `http` or `https` URL (RFC 3986), taken apart once and written anew from its parts: what was judged is what is sent.
///
/// No user name, no fragment, no control character, no space, no backslash. Characters that a URL must not hold as they are
/// (`{`, `"`, 中) are percent-encoded; dot segments are removed.
package struct WebAddress: Sendable, Hashable, CustomStringConvertible {
    package enum Scheme: String, Sendable, Hashable {
        case http
        case https

        package var defaultPort: UInt16 { self == .http ? 80 : 443 }
    }

    package let scheme: Scheme
    package let host: WebHost
    package let port: UInt16
    /// Begins with a slash.
    package let path: String
    /// Without its question mark; nil where there is none.
    package private(set) var query: String?

    /// Longer ones are refused: no server takes them.
    private static let longest = 64 << 10

    package init(parsing text: String) throws(WebAddressError) {
        guard text.utf8.count <= Self.longest else { throw WebAddressError("it is longer than \(Self.longest) bytes") }
        for byte in text.utf8 {
            if byte <= 0x20 || byte == 0x7f {
                throw WebAddressError("it holds a space, a line break or a control character: percent-encode it")
            }
            if byte == UInt8(ascii: "\\") { throw WebAddressError("it holds a backslash", isDisguise: true) }
        }
        guard let separator = text.firstRange(of: "://"),
            let scheme = Scheme(rawValue: text[..<separator.lowerBound].lowercased())
        else { throw WebAddressError("it must begin with https:// or http://") }
        let rest = text[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if authority.contains("@") {
            throw WebAddressError("it holds a user name: send credentials in a header", isDisguise: true)
        }
        if authority.contains("%") { throw WebAddressError("its host is percent-encoded", isDisguise: true) }
        self.scheme = scheme
        (host, port) = try Self.hostAndPort(authority, scheme)
        let target = rest.dropFirst(authority.count).prefix { $0 != "#" }
        let path = target.prefix { $0 != "?" }
        self.path = Self.withoutDotSegments(try Self.encoded(path.isEmpty ? "/" : path))
        query = path.count == target.count ? nil : try Self.encoded(target.dropFirst(path.count + 1))
    }

    private static func hostAndPort(
        _ authority: Substring, _ scheme: Scheme
    ) throws(WebAddressError) -> (WebHost, UInt16) {
        let bracket = authority.lastIndex(of: "]") ?? authority.startIndex
        guard let colon = authority[bracket...].firstIndex(of: ":") else {
            return (try WebHost(parsing: authority), scheme.defaultPort)
        }
        guard let port = self.port(authority[authority.index(after: colon)...]) else {
            throw WebAddressError("its port is not a number from 1 to 65535")
        }
        return (try WebHost(parsing: authority[..<colon]), port)
    }

    static func port(_ digits: Substring) -> UInt16? {
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let port = UInt16(digits), port > 0 else {
            return nil
        }
        return port
    }

    /// Where a redirect leads (RFC 9110 §10.2.2, RFC 3986 §5.2).
    package func resolving(_ reference: String) throws(WebAddressError) -> WebAddress {
        let head = reference.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if head.contains(":") { return try WebAddress(parsing: reference) }
        if reference.hasPrefix("//") { return try WebAddress(parsing: "\(scheme.rawValue):\(reference)") }
        if reference.hasPrefix("/") { return try WebAddress(parsing: origin + reference) }
        if reference.hasPrefix("?") { return try WebAddress(parsing: origin + path + reference) }
        if reference.isEmpty || reference.hasPrefix("#") { return self }
        let folder = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
        return try WebAddress(parsing: origin + folder + reference)
    }

    /// The same address with more in its query; names and values are percent-encoded whole.
    package func adding(query pairs: [(name: String, value: String)]) -> WebAddress {
        guard !pairs.isEmpty else { return self }
        let added = pairs.map { Self.quoted($0.name) + "=" + Self.quoted($0.value) }.joined(separator: "&")
        var address = self
        address.query = (query.map { $0.isEmpty ? "" : $0 + "&" } ?? "") + added
        return address
    }

    /// Scheme, host and port (RFC 6454).
    package var origin: String { "\(scheme.rawValue)://\(host)\(port == scheme.defaultPort ? "" : ":\(port)")" }

    /// `host:port`.
    package var endpoint: String { "\(host):\(port)" }

    package var description: String { origin + path + (query.map { "?" + $0 } ?? "") }

    // MARK: Characters

    /// Unreserved characters, and those with a meaning of their own in a path or query (RFC 3986 §3.3, §3.4).
    private static func isKept(_ byte: UInt8) -> Bool { isUnreserved(byte) || "!$&'()*+,;=:@/?".utf8.contains(byte) }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "-._~".utf8.contains(byte)
    }

    private static func encoded(_ text: Substring) throws(WebAddressError) -> String {
        var result = ""
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard bytes.count >= 2, bytes.prefix(2).allSatisfy(Self.isHexDigit) else {
                    throw WebAddressError("it holds a % without two hex digits: write %25 for the sign itself")
                }
                result.append("%")
            } else if isKept(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += escape(byte)
            }
        }
        return result
    }

    /// A name or value for a query: everything but unreserved characters is percent-encoded (RFC 3986 §2.1).
    package static func quoted(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            if isUnreserved(byte) { result.unicodeScalars.append(Unicode.Scalar(byte)) } else { result += escape(byte) }
        }
        return result
    }

    private static func escape(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "%0" + digits : "%" + digits
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
    }

    /// RFC 3986 §5.2.4, for a path that begins with a slash; `%2e` is a dot to many servers.
    private static func withoutDotSegments(_ path: String) -> String {
        var kept: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment.lowercased().replacing("%2e", with: ".") {
            case ".": if isLast { kept.append("") }
            case "..":
                if !kept.isEmpty { kept.removeLast() }
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return "/" + kept.joined(separator: "/")
    }
}
