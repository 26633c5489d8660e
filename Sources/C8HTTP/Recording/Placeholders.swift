/// Compares recorded texts with asked ones: where a recording shows a secret's placeholder, anything may stand.
enum Placeholders {
    private static let beginning = Array(SecretNames.beginning.utf8)
    private static let end = Array(SecretNames.end.utf8)

    /// Whether a text is what was recorded.
    static func match(_ recorded: String, _ asked: String) -> Bool {
        recorded == asked || recorded.contains(SecretNames.beginning) && match(Array(recorded.utf8), Array(asked.utf8))
    }

    static func match(_ recorded: [UInt8], _ asked: [UInt8]) -> Bool {
        let pieces = pieces(of: recorded)
        guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else { return recorded == asked }
        guard asked.starts(with: first) else { return false }
        var position = first.count
        // The leftmost place of each piece leaves the most for those that follow.
        for piece in pieces.dropFirst().dropLast() {
            guard let place = find(piece, in: asked, from: position) else { return false }
            position = place + piece.count
        }
        return asked.count - position >= last.count && asked.suffix(last.count).elementsEqual(last)
    }

    /// Whether a text is a placeholder and nothing else, so that it may stand for a number too.
    static func isOne(_ text: String) -> Bool {
        text.hasPrefix(SecretNames.beginning) && text.firstIndex(of: "›") == text.indices.last
    }

    /// What stands between placeholders.
    private static func pieces(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        while let place = find(beginning[...], in: bytes, from: start),
            let close = find(end[...], in: bytes, from: place + beginning.count)
        {
            pieces.append(bytes[start..<place])
            start = close + end.count
        }
        return pieces + [bytes[start...]]
    }

    private static func find(_ wanted: ArraySlice<UInt8>, in bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count - start >= wanted.count else { return nil }
        return (start...(bytes.count - wanted.count)).first { place in
            bytes[place..<place + wanted.count].elementsEqual(wanted)
        }
    }
}
