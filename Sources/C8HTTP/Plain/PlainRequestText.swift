/// The bytes of a request's head (RFC 9112 §2 to §3).
enum PlainRequestText {
    /// Headers that decide about the connection or the message's length, and are never a caller's on plain connections.
    private static let reserved = [
        "host", "content-length", "transfer-encoding", "connection", "upgrade", "expect", "accept-encoding", "te",
    ]

    /// Nil for what must not be sent like this: a word that is no word of HTTP, a line break in a value, or a header that is
    /// the transport's own. The other client says what is wrong, or sends it.
    static func head(_ request: HTTPRequest, to target: PlainTarget) -> [UInt8]? {
        guard isToken(request.method), request.method != "CONNECT", request.method != "HEAD" else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        bytes.append(contentsOf: request.method.utf8)
        bytes.append(0x20)
        bytes.append(contentsOf: target.target.utf8)
        bytes.append(contentsOf: " HTTP/1.1\r\nHost: ".utf8)
        bytes.append(contentsOf: target.authority.utf8)
        for (name, value) in request.headers {
            guard isToken(name), isText(value), !isReserved(name) else { return nil }
            bytes.append(0x0D)
            bytes.append(0x0A)
            bytes.append(contentsOf: name.utf8)
            bytes.append(0x3A)
            bytes.append(0x20)
            bytes.append(contentsOf: value.utf8)
        }
        if let body = request.body {
            bytes.append(contentsOf: "\r\nContent-Length: ".utf8)
            append(body.count, to: &bytes)
        } else if request.method != "GET", request.method != "DELETE" {
            bytes.append(contentsOf: "\r\nContent-Length: 0".utf8)
        }
        bytes.append(contentsOf: "\r\nAccept-Encoding: deflate, gzip\r\n\r\n".utf8)
        return bytes
    }

    private static func append(_ number: Int, to bytes: inout [UInt8]) {
        if number >= 10 { append(number / 10, to: &bytes) }
        bytes.append(0x30 + UInt8(number % 10))
    }

    private static func isReserved(_ name: String) -> Bool {
        // Of none of these lengths.
        if ![2, 4, 6, 7, 10, 14, 15, 17].contains(name.utf8.count) { return false }
        return reserved.contains { known in
            known.utf8.count == name.utf8.count
                && zip(known.utf8, name.utf8).allSatisfy { $0 == ($1 | 0x20) || $0 == $1 }
        }
    }

    /// RFC 9110 §5.6.2.
    static func isToken(_ text: String) -> Bool { !text.utf8.isEmpty && text.utf8.allSatisfy(isOfToken) }

    static func isOfToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "!"), UInt8(ascii: "#"),
            UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"),
            UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"),
            UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// RFC 9110 §5.5, without what is obsolete.
    private static func isText(_ value: String) -> Bool {
        value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 0x09 }
    }
}
