/// Where a request without TLS goes, read off its URL. Only URLs that every reader understands in the same way: whatever else
/// there is, the other client may judge.
struct PlainTarget: Sendable {
    /// The host with its port as it stands in the URL.
    let authority: Substring
    /// Path and query.
    let target: Substring
    /// What stands in a request's head behind the method: the rest of its first line, and the header `Host`.
    let line: [UInt8]
    /// A name, or an address without its brackets.
    let host: Substring
    let port: UInt16

    init?(_ url: String) {
        let bytes = url.utf8
        guard bytes.starts(with: "http://".utf8) else { return nil }
        let begin = bytes.index(bytes.startIndex, offsetBy: 7)
        guard let slash = bytes[begin...].firstIndex(of: UInt8(ascii: "/")),
            bytes[slash...].allSatisfy(Self.isPlain)
        else { return nil }
        authority = url[begin..<slash]
        target = url[slash...]
        line = Array("\(target) HTTP/1.1\r\nHost: \(authority)".utf8)
        let authority = authority
        // The colons of an IPv6 address are in brackets.
        if authority.utf8.first == UInt8(ascii: "[") {
            guard let end = authority.utf8.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<end]
            guard host.utf8.allSatisfy({ Self.isHexadecimal($0) || $0 == 0x3A || $0 == 0x2E }) else { return nil }
            guard let port = Self.port(authority[end...].dropFirst()) else { return nil }
            self.port = port
        } else {
            let colon = authority.utf8.firstIndex(of: UInt8(ascii: ":")) ?? authority.endIndex
            host = authority[..<colon]
            guard !host.isEmpty, host.utf8.allSatisfy(Self.isOfName), let port = Self.port(authority[colon...])
            else { return nil }
            self.port = port
        }
    }

    /// Of nothing, the standard one; of `:8080`, the number.
    private static func port(_ text: Substring) -> UInt16? {
        if text.isEmpty { return 80 }
        guard text.utf8.first == UInt8(ascii: ":"), text.utf8.count <= 6 else { return nil }
        let digits = text.dropFirst()
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits), port > 0 else {
            return nil
        }
        return port
    }

    /// What stands in a path or query as it is (RFC 3986 §3.3, §3.4).
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "&"),
            UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "!"),
            UInt8(ascii: "$"), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"),
            UInt8(ascii: ","), UInt8(ascii: ";"):
            true
        default: false
        }
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
