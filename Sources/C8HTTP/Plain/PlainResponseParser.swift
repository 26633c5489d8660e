import Glibc

/// Reads one answer (RFC 9112 §4 to §8) as it comes, in pieces of any size.
///
/// Strict where two readers could see different answers in the same bytes: two lengths, a length beside chunks, folded lines
/// and stray control characters are errors, not guesses.
struct PlainResponseParser: Sendable {
    private enum State {
        case statusLine
        case headerLine
        case body(left: Int)
        case bodyUntilClose
        case chunkLine
        case chunk(left: Int)
        case chunkEnd
        case trailerLine
        case complete
    }

    /// As much as other clients take.
    private static let mostHeadBytes = 80 << 10
    private static let mostChunkLineBytes = 4 << 10

    private(set) var status = 0
    private(set) var fields = HTTPFields()
    private(set) var body: [UInt8] = []
    /// Whether the connection may serve another request, as far as the answer says.
    private(set) var keepsConnection = true
    /// Whether a byte has come.
    private(set) var hasBegun = false
    private var state = State.statusLine
    /// The beginning of a line whose end has not come yet.
    private var line: [UInt8] = []
    private var headBytes = 0
    private var length: Int?
    private var isChunked = false
    private var hasCoding = false
    private var isPacked = false
    private let mostBytes: Int

    /// - Parameter mostBytes: of the body, after decompression.
    init(mostBytes: Int) {
        self.mostBytes = max(0, mostBytes)
    }

    var isComplete: Bool {
        if case .complete = state { return true }
        return false
    }

    /// Reads on, up to the end of the answer.
    ///
    /// - Returns: how many bytes belong to it.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(PlainProblem) -> Int {
        var position = 0
        if !bytes.isEmpty { hasBegun = true }
        while true {
            let rest = UnsafeBufferPointer(rebasing: bytes[position...])
            switch state {
            case .complete: return position
            case .body(let left):
                let count = min(left, rest.count)
                try take(rest, count)
                position += count
                if count < left {
                    state = .body(left: left - count)
                    return position
                }
                try complete()
            case .bodyUntilClose:
                try take(rest, rest.count)
                return bytes.count
            case .chunk(let left):
                let count = min(left, rest.count)
                try take(rest, count)
                position += count
                if count < left {
                    state = .chunk(left: left - count)
                    return position
                }
                state = .chunkEnd
            case .statusLine, .headerLine, .chunkLine, .chunkEnd, .trailerLine:
                guard let newline = Self.place(of: 0x0A, in: rest) else {
                    try bound(rest.count)
                    line += rest
                    return bytes.count
                }
                try bound(newline)
                position += newline + 1
                let end = UnsafeBufferPointer(rebasing: rest[..<newline])
                if line.isEmpty {
                    try readLine(end)
                } else {
                    line += end
                    let whole = line
                    line = []
                    try whole.withUnsafeBufferPointer { bytes throws(PlainProblem) in try readLine(bytes) }
                }
            }
        }
    }

    /// The connection was closed.
    mutating func end() throws(PlainProblem) {
        switch state {
        case .complete: break
        case .bodyUntilClose: try complete()
        default: throw hasBegun ? .closedInAnswer : .closedBeforeAnswer
        }
    }

    // MARK: - Lines

    private mutating func bound(_ count: Int) throws(PlainProblem) {
        switch state {
        case .chunkLine, .chunkEnd:
            if line.count + count > Self.mostChunkLineBytes { throw .notHTTP("a chunk's line is too long") }
        default:
            headBytes += count
            if headBytes > Self.mostHeadBytes { throw .notHTTP("its head is too long") }
        }
    }

    private mutating func readLine(_ bytes: UnsafeBufferPointer<UInt8>) throws(PlainProblem) {
        let text = bytes.last == 0x0D ? UnsafeBufferPointer(rebasing: bytes.dropLast()) : bytes
        switch state {
        case .statusLine: try readStatus(text)
        case .headerLine:
            if text.isEmpty { try endHead() } else { try readHeader(text) }
        case .chunkLine: try readChunkLine(text)
        case .chunkEnd:
            guard text.isEmpty else { throw .notHTTP("a chunk is longer than it says") }
            state = .chunkLine
        case .trailerLine:
            // Nobody asked for what may stand here.
            if text.isEmpty { try complete() }
        case .body, .bodyUntilClose, .chunk, .complete: break
        }
    }

    /// `HTTP/1.1 200 OK`.
    private mutating func readStatus(_ text: UnsafeBufferPointer<UInt8>) throws(PlainProblem) {
        func digit(_ index: Int) -> Int? {
            (0x30...0x39).contains(text[index]) ? Int(text[index]) - 0x30 : nil
        }
        guard text.count >= 12, text.prefix(7).elementsEqual("HTTP/1.".utf8), let minor = digit(7), text[8] == 0x20,
            let hundreds = digit(9), let tens = digit(10), let ones = digit(11), hundreds > 0,
            text.count == 12 || text[12] == 0x20
        else { throw .notHTTP("no status line of HTTP/1") }
        status = hundreds * 100 + tens * 10 + ones
        keepsConnection = minor >= 1
        state = .headerLine
    }

    private mutating func readHeader(_ text: UnsafeBufferPointer<UInt8>) throws(PlainProblem) {
        guard let colon = Self.place(of: 0x3A, in: text), colon > 0 else {
            throw .notHTTP("a line of its head is no header")
        }
        for index in 0..<colon where !PlainRequestText.isOfToken(text[index]) {
            throw .notHTTP("a line of its head is no header")
        }
        var (start, end) = (colon + 1, text.count)
        while start < end, Self.isBlank(text[start]) { start += 1 }
        while end > start, Self.isBlank(text[end - 1]) { end -= 1 }
        for index in start..<end where text[index] < 0x20 && text[index] != 0x09 || text[index] == 0x7F {
            throw .notHTTP("a header holds a control character")
        }
        let name = UnsafeBufferPointer(rebasing: text[..<colon])
        let content = UnsafeBufferPointer(rebasing: text[start..<end])
        switch name.count {
        case 14 where Self.equals(name, "content-length"): try readLength(content)
        case 17 where Self.equals(name, "transfer-encoding"):
            hasCoding = true
            isChunked =
                Self.equals(content, "chunked")
                || Self.words(content).last.map { Self.equals($0, "chunked") } ?? false
        case 10 where Self.equals(name, "connection") && !Self.equals(content, "keep-alive"):
            if Self.words(content).contains(where: { Self.equals($0, "close") }) { keepsConnection = false }
        case 16 where Self.equals(name, "content-encoding"):
            isPacked = Self.equals(content, "gzip") || Self.equals(content, "deflate")
        default: break
        }
        fields.append(name: name, value: content)
    }

    private mutating func readLength(_ text: UnsafeBufferPointer<UInt8>) throws(PlainProblem) {
        guard length == nil, !text.isEmpty, text.count <= 15, text.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .notHTTP("its Content-Length is no number")
        }
        length = text.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }

    private mutating func endHead() throws(PlainProblem) {
        if status < 200 {
            // An interim answer; the one that counts follows.
            guard status != 101 else { throw .notHTTP("it changes the protocol, which nobody asked for") }
            fields = HTTPFields()
            (length, isChunked, hasCoding, isPacked) = (nil, false, false, false)
            state = .statusLine
            return
        }
        if hasCoding, length != nil { throw .notHTTP("it has both a Content-Length and a Transfer-Encoding") }
        if status == 204 || status == 304 {
            // It has no body whatever it says (RFC 9112 §6.3); one that comes all the same would be the next answer.
            if status == 204, hasCoding || length ?? 0 > 0 { keepsConnection = false }
            return try complete()
        }
        if isChunked {
            state = .chunkLine
        } else if let length, !hasCoding {
            if length > mostPacked { throw tooLarge }
            body.reserveCapacity(min(length, 1 << 20))
            state = .body(left: length)
            if length == 0 { try complete() }
        } else {
            keepsConnection = false
            state = .bodyUntilClose
        }
    }

    /// `1a; extension`.
    private mutating func readChunkLine(_ text: UnsafeBufferPointer<UInt8>) throws(PlainProblem) {
        let digits = text.prefix { $0 != 0x3B && $0 != 0x20 && $0 != 0x09 }
        guard (1...12).contains(digits.count), let count = Self.hexadecimal(digits) else {
            throw .notHTTP("a chunk does not say how long it is")
        }
        state = count == 0 ? .trailerLine : .chunk(left: count)
    }

    private static func hexadecimal(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        var number = 0
        for digit in digits {
            switch digit {
            case 0x30...0x39: number = number << 4 | Int(digit - 0x30)
            case 0x41...0x46: number = number << 4 | Int(digit - 0x37)
            case 0x61...0x66: number = number << 4 | Int(digit - 0x57)
            default: return nil
            }
        }
        return number
    }

    // MARK: - The body

    /// Packed, a body may be a little longer than unpacked.
    private var mostPacked: Int { isPacked ? mostBytes &+ mostBytes / 64 &+ 1024 : mostBytes }

    private var tooLarge: PlainProblem { isPacked ? .unpackedTooLarge : .tooLarge }

    private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>, _ count: Int) throws(PlainProblem) {
        guard body.count + count <= mostPacked else { throw tooLarge }
        body.append(contentsOf: bytes[..<count])
    }

    private mutating func complete() throws(PlainProblem) {
        state = .complete
        guard isPacked, !body.isEmpty else { return }
        body = try PlainInflation.unpacked(body, atMost: mostBytes)
    }

    // MARK: - Words

    private static func place(of byte: UInt8, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let base = text.baseAddress, let found = memchr(base, Int32(byte), text.count) else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// - Parameter word: in lower case.
    private static func equals(_ text: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
        guard text.count == word.utf8CodeUnitCount else { return false }
        for index in text.indices {
            let byte = text[index]
            let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            if lower != word.utf8Start[index] { return false }
        }
        return true
    }

    /// The parts of a list, without the blanks around them.
    private static func words(_ text: UnsafeBufferPointer<UInt8>) -> [UnsafeBufferPointer<UInt8>] {
        text.split(separator: 0x2C).map { part in
            var part = part
            while part.first == 0x20 || part.first == 0x09 { part.removeFirst() }
            while part.last == 0x20 || part.last == 0x09 { part.removeLast() }
            return UnsafeBufferPointer(rebasing: part)
        }
    }
}
