/// What was typed, from the oldest on: no text twice, and not more than a number of them.
struct ReplHistory: Sendable, Equatable {
    /// What becomes of a text.
    enum Keeping: Sendable {
        /// It is not kept at all.
        case no
        /// Until the session ends.
        case inSession
        case inFile
    }

    static let limit = 1000
    /// Longer ones are pastes that nobody looks for.
    static let longest = 10_000

    private(set) var entries: [String] = []

    /// Reads the lines of a file.
    init(file text: String = "") {
        for line in text.split(separator: "\n") { add(Self.decoded(line)) }
    }

    /// Adds a text at the end; an equal one moves there.
    mutating func add(_ entry: String) {
        guard !entry.isEmpty, entry.utf8.count <= Self.longest else { return }
        entries.removeAll { $0 == entry }
        entries.append(entry)
        if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
    }

    /// The whole as a file.
    var fileText: String { entries.map { Self.encoded($0) + "\n" }.joined() }

    /// A leading blank asks not to be kept, as shells have it.
    static func keeping(_ text: String) -> Keeping {
        guard let first = text.first, !first.isWhitespace else { return .no }
        let plain = text.lowercased().filter { !$0.isWhitespace }
        let words = ["secret", "password", "passwd", "token=", "access_key", "accesskey", "authorization"]
        return words.contains { plain.contains($0) } ? .inSession : .inFile
    }

    /// A text as one line.
    static func encoded(_ entry: String) -> String {
        var result = ""
        for character in entry.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    static func decoded(_ line: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        var isEscaped = false
        for character in line.unicodeScalars {
            if isEscaped {
                result.append(character == "n" ? "\n" : character == "r" ? "\r" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                result.append(character)
            }
        }
        return String(result)
    }
}
