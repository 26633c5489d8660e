/// The line of each key of a TOML text that is already known to be well formed.
///
/// The TOML library says where a syntax error is, but not where a value stands. This scan reads keys and steps over values;
/// on a text that is not well formed it merely knows fewer lines.
struct TOMLKeyLines: Sendable {
    private var lines: [[String]: Int] = [:]

    private var bytes: [UInt8] = []
    private var position = 0
    private var line = 1

    init(scanning bytes: [UInt8]) {
        self.bytes = bytes
        scanDocument()
        self.bytes = []
    }

    /// The line (from 1) of the key at `path`, or of the nearest table around it.
    func line(of path: [String]) -> Int? {
        var path = path
        while !path.isEmpty {
            if let line = lines[path] { return line }
            path.removeLast()
        }
        return nil
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func advance() {
        if current == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    private mutating func record(_ path: [String]) {
        for length in stride(from: path.count, through: 1, by: -1) {
            let prefix = Array(path.prefix(length))
            if lines[prefix] == nil { lines[prefix] = line }
        }
    }

    private mutating func scanDocument() {
        var table: [String] = []
        while true {
            skipBlanksAndComments()
            guard let byte = current else { return }
            if byte == UInt8(ascii: "[") {
                while current == UInt8(ascii: "[") { advance() }
                table = scanKey()
                record(table)
                skipRestOfLine()
            } else {
                scanPair(in: table, depth: 0)
            }
        }
    }

    /// One `key = value`. Always moves on, so that a scan of anything ends.
    private mutating func scanPair(in table: [String], depth: Int) {
        let start = position
        let path = table + scanKey()
        record(path)
        if current == UInt8(ascii: "=") { advance() }
        skipSpaces()
        skipValue(at: path, depth: depth)
        if position == start { advance() }
    }

    /// A bare, quoted or dotted key, up to the `=` or `]` after it.
    private mutating func scanKey() -> [String] {
        var parts: [String] = []
        while true {
            skipSpaces()
            switch current {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): parts.append(scanQuotedKey())
            default: parts.append(scanBareKey())
            }
            skipSpaces()
            guard current == UInt8(ascii: ".") else { return parts }
            advance()
        }
    }

    private mutating func scanBareKey() -> String {
        let start = position
        while let byte = current, TOMLKeyLines.isBareKeyByte(byte) { advance() }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func scanQuotedKey() -> String {
        let start = position + 1
        skipString()
        return String(decoding: bytes[min(start, position)..<max(start, position - 1)], as: UTF8.self)
    }

    private static func isBareKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private mutating func skipValue(at path: [String], depth: Int) {
        // Deeper than any real file: the rest is then read as keys, which costs lines, not safety.
        guard depth < 64 else { return }
        switch current {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString()
        case UInt8(ascii: "["): skipBracketed(closing: UInt8(ascii: "]"), at: path, depth: depth)
        case UInt8(ascii: "{"): skipBracketed(closing: UInt8(ascii: "}"), at: path, depth: depth)
        default:
            while let byte = current, !TOMLKeyLines.endsPlainValue(byte) { advance() }
        }
    }

    private static func endsPlainValue(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\n"), UInt8(ascii: "#"), UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): true
        default: false
        }
    }

    /// An array or an inline table, which may run over several lines.
    private mutating func skipBracketed(closing: UInt8, at path: [String], depth: Int) {
        advance()
        while true {
            skipBlanksAndComments()
            guard let byte = current else { return }
            if byte == closing { return advance() }
            if byte == UInt8(ascii: ",") {
                advance()
            } else if closing == UInt8(ascii: "}") {
                scanPair(in: path, depth: depth + 1)
            } else {
                let start = position
                skipValue(at: path, depth: depth + 1)
                if position == start { advance() }
            }
        }
    }

    /// A string of any of the four kinds; the position ends up behind its last quote.
    private mutating func skipString() {
        guard let quote = current else { return }
        let isMultiline = position + 2 < bytes.count && bytes[position + 1] == quote && bytes[position + 2] == quote
        let width = isMultiline ? 3 : 1
        for _ in 0..<width { advance() }
        while let byte = current {
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                advance()
                if current != nil { advance() }
                continue
            }
            if !isMultiline, byte == UInt8(ascii: "\n") { return }
            if byte == quote, bytes[position...].prefix(width).allSatisfy({ $0 == quote }),
                bytes.count - position >= width
            {
                for _ in 0..<width { advance() }
                // Up to two quotes may stand directly before the closing three.
                while isMultiline, current == quote { advance() }
                return
            }
            advance()
        }
    }

    private mutating func skipSpaces() {
        while current == UInt8(ascii: " ") || current == UInt8(ascii: "\t") { advance() }
    }

    private mutating func skipRestOfLine() {
        while let byte = current, byte != UInt8(ascii: "\n") { advance() }
    }

    private mutating func skipBlanksAndComments() {
        while let byte = current {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): advance()
            case UInt8(ascii: "#"): skipRestOfLine()
            default: return
            }
        }
    }
}
