/// Splits HTML into tags and text. No nesting is looked at, so neither depth nor missing end tags matter.
struct HTMLTokenizer {
    enum Token {
        case text(String)
        case open(String, [String: String])
        case close(String)
    }

    /// Elements whose content is text up to their end tag, whatever it holds.
    static let rawElements: Set<String> = ["script", "style", "noscript", "template", "textarea", "iframe"]

    private let bytes: [UInt8]
    private var index = 0
    /// The line of what comes next, from 1.
    private(set) var line = 1

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func next() -> Token? {
        guard index < bytes.count else { return nil }
        if bytes[index] == UInt8(ascii: "<"), let tag = readTag() { return tag }
        // A '<' that begins no tag is text.
        let start = index
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "<") { index += 1 }
        count(start..<index)
        return .text(Self.decoded(String(decoding: bytes[start..<index], as: UTF8.self)))
    }

    /// Moves behind the end tag of a raw element, or to the end.
    mutating func skip(to name: String) {
        let end = Array("</\(name)".utf8)
        let start = index
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "<"), matches(end) { break }
            index += 1
        }
        while index < bytes.count, bytes[index] != UInt8(ascii: ">") { index += 1 }
        index = min(bytes.count, index + 1)
        count(start..<index)
    }

    private func matches(_ text: [UInt8]) -> Bool {
        guard index + text.count <= bytes.count else { return false }
        for (offset, byte) in text.enumerated() where (bytes[index + offset] | 0x20) != (byte | 0x20) { return false }
        return true
    }

    private mutating func count(_ range: Range<Int>) {
        for byte in bytes[range] where byte == ASCII.lineFeed { line += 1 }
    }

    /// A tag, a comment or a declaration (which are passed over as an empty text); nil where it is none.
    private mutating func readTag() -> Token? {
        let start = index
        var position = index + 1
        guard position < bytes.count else { return nil }
        if bytes[position] == UInt8(ascii: "!") || bytes[position] == UInt8(ascii: "?") {
            let isComment = bytes[start...].starts(with: Array("<!--".utf8))
            while position < bytes.count {
                if bytes[position] == UInt8(ascii: ">"),
                    !isComment
                        || position >= start + 6 && bytes[position - 1] == ASCII.minus
                            && bytes[position - 2] == ASCII.minus
                {
                    break
                }
                position += 1
            }
            index = min(bytes.count, position + 1)
            count(start..<index)
            return .text("")
        }
        let closes = bytes[position] == ASCII.slash
        if closes { position += 1 }
        guard position < bytes.count, ASCII.isLetter(bytes[position]) else { return nil }
        let nameStart = position
        while position < bytes.count, ASCII.isLetter(bytes[position]) || ASCII.isDigit(bytes[position]) {
            position += 1
        }
        let name = String(decoding: bytes[nameStart..<position], as: UTF8.self).lowercased()
        let attributes = readAttributes(&position)
        index = min(bytes.count, position + 1)
        count(start..<index)
        return closes ? .close(name) : .open(name, attributes)
    }

    private func readAttributes(_ position: inout Int) -> [String: String] {
        var attributes: [String: String] = [:]
        while position < bytes.count, bytes[position] != UInt8(ascii: ">") {
            guard ASCII.isLetter(bytes[position]) else {
                position += 1
                continue
            }
            let start = position
            while position < bytes.count, !Self.endsName(bytes[position]) { position += 1 }
            let name = String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { continue }
            position += 1
            guard position < bytes.count else { break }
            let quote = bytes[position]
            let isQuoted = quote == ASCII.quote || quote == UInt8(ascii: "'")
            if isQuoted { position += 1 }
            let valueStart = position
            while position < bytes.count, isQuoted ? bytes[position] != quote : !Self.endsValue(bytes[position]) {
                position += 1
            }
            attributes[name] = String(decoding: bytes[valueStart..<position], as: UTF8.self)
            if isQuoted { position = min(bytes.count, position + 1) }
        }
        return attributes
    }

    private static func endsName(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "=") || endsValue(byte) }

    private static func endsValue(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == UInt8(ascii: ">") }

    private static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var result = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            if character == "&", let entity = HTMLEntities.decode(rest) {
                result += entity.text
                rest = rest.dropFirst(entity.length)
            } else {
                result.append(character)
            }
        }
        return result
    }
}
