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
        add(request.method, to: &bytes)
        bytes.append(0x20)
        bytes.append(contentsOf: target.line)
        for (name, value) in request.headers {
            guard isToken(name), isText(value), !isReserved(name) else { return nil }
            bytes.append(0x0D)
            bytes.append(0x0A)
            add(name, to: &bytes)
            bytes.append(0x3A)
            bytes.append(0x20)
            add(value, to: &bytes)
        }
        if let body = request.body {
            bytes.append(contentsOf: contentLength)
            append(body.count, to: &bytes)
        } else if request.method != "GET", request.method != "DELETE" {
            bytes.append(contentsOf: contentLength)
            append(0, to: &bytes)
        }
        bytes.append(contentsOf: end)
        return bytes
    }

    private static let contentLength = Array("\r\nContent-Length: ".utf8)
    private static let end = Array("\r\nAccept-Encoding: deflate, gzip\r\n\r\n".utf8)

    private static func add(_ text: String, to bytes: inout [UInt8]) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { bytes.append(contentsOf: $0) }
        if isDone == nil { bytes.append(contentsOf: text.utf8) }
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
                && known.utf8.elementsEqual(name.utf8) { $0 == ($1 | 0x20) || $0 == $1 }
        }
    }

    /// RFC 9110 §5.6.2.
    static func isToken(_ text: String) -> Bool { !text.utf8.isEmpty && all(text, isOfToken) }

    /// The letters, the digits, and ``!#$%&'*+-.^_`|~``: a bit each.
    @inline(__always)
    static func isOfToken(_ byte: UInt8) -> Bool {
        let words: UInt64 = byte < 0x40 ? 0x03FF_6CFA_0000_0000 : 0x57FF_FFFF_C7FF_FFFE
        return byte < 0x80 && words >> UInt64(byte & 63) & 1 == 1
    }

    /// RFC 9110 §5.5, without what is obsolete.
    private static func isText(_ value: String) -> Bool {
        let isPlain = value.utf8.withContiguousStorageIfAvailable { bytes in
            // Eight at a time. A byte is no plain one where the subtraction borrows or the addition overflows into its top bit.
            let bytes = UnsafeRawBufferPointer(bytes)
            let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
            var at = 0
            while at &+ 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                if ((word &- ones &* 0x20) | (word &+ ones) | word) & tops != 0 { return false }
                at &+= 8
            }
            while at < bytes.count {
                if bytes[at] < 0x20 || bytes[at] >= 0x7F { return false }
                at &+= 1
            }
            return true
        }
        // Tabs are allowed, too, and seldom.
        return isPlain == true || all(value) { $0 >= 0x20 && $0 < 0x7F || $0 == 0x09 }
    }

    @inline(__always)
    private static func all(_ text: String, _ holds: (UInt8) -> Bool) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            for byte in bytes where !holds(byte) { return false }
            return true
        } ?? text.utf8.allSatisfy(holds)
    }
}
