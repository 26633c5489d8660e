/// What a client asks for, as far as it has been sent. One request for each connection; a body is not looked at.
struct ListenerRequest: Sendable, Equatable {
    enum Reading: Sendable, Equatable {
        case incomplete
        case page(String, isHead: Bool)
        /// A status to answer with: nothing more is read.
        case refused(Int)
    }

    /// Bytes of a request's head, at most.
    static let mostBytes = 8 << 10

    private var bytes: [UInt8] = []

    /// Takes what came next.
    mutating func take(_ more: some Sequence<UInt8>) -> Reading {
        let seen = max(0, bytes.count - 3)
        bytes += more
        guard let end = Self.end(of: bytes, from: seen) else {
            return bytes.count > Self.mostBytes ? .refused(431) : .incomplete
        }
        return end > Self.mostBytes ? .refused(431) : Self.read(bytes[..<end])
    }

    /// Where the empty line begins that ends the head (RFC 9112 §2.1; a line feed alone ends a line, too, §2.2).
    private static func end(of bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        while let feed = bytes[index...].firstIndex(of: 0x0A) {
            let next = feed + 1
            if next < bytes.count, bytes[next] == 0x0A { return feed }
            if next + 1 < bytes.count, bytes[next] == 0x0D, bytes[next + 1] == 0x0A { return feed }
            index = next
        }
        return nil
    }

    private static func read(_ head: ArraySlice<UInt8>) -> Reading {
        var line = head.prefix { $0 != 0x0A }
        if line.last == 0x0D { line.removeLast() }
        let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
        guard words.count == 3, line.allSatisfy({ (0x20...0x7E).contains($0) }) else { return .refused(400) }
        let version = String(decoding: words[2], as: UTF8.self)
        guard version == "HTTP/1.1" || version == "HTTP/1.0" else { return .refused(505) }
        let method = String(decoding: words[0], as: UTF8.self)
        guard method == "GET" || method == "HEAD" else { return .refused(405) }
        let target = String(decoding: words[1].prefix { $0 != UInt8(ascii: "?") }, as: UTF8.self)
        guard target.hasPrefix("/") else { return .refused(400) }
        return .page(target, isHead: method == "HEAD")
    }
}
