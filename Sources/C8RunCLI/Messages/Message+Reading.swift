extension Message {
    /// A piece of a text: words, or a place for a value.
    private enum Piece: Equatable {
        case words(String)
        case place(String)
    }

    /// The values that a sentence has in the places of the English text; nil where it is another sentence. A value reaches
    /// up to the first place where the words behind it stand, the last one to the sentence's end.
    func values(in sentence: String) -> [String: String]? {
        values(in: sentence[...], isWhole: true)?.values
    }

    /// The values of the first piece of a text that is this sentence; nil where none is. A value at the sentence's end is a word.
    func values(within text: String) -> [String: String]? {
        guard case .words(let first)? = Self.pieces(of: english).first else { return nil }
        for range in text.ranges(of: first) {
            if let found = values(in: text[range.lowerBound...], isWhole: false) { return found.values }
        }
        return nil
    }

    /// The text with values in their places, each put in once: a value that looks like a place stays as it is.
    func text(_ values: [String: String]) -> String {
        Self.pieces(of: text).map { piece in
            switch piece {
            case .words(let words): words
            case .place(let name): values[name] ?? "{\(name)}"
            }
        }.joined()
    }

    private func values(in sentence: Substring, isWhole: Bool) -> (values: [String: String], rest: Substring)? {
        var rest = sentence
        var values: [String: String] = [:]
        var open: String?
        for piece in Self.pieces(of: english) {
            switch piece {
            case .place(let name): open = name
            case .words(let words):
                guard let found = rest.firstRange(of: words) else { return nil }
                let value = rest[..<found.lowerBound]
                if let name = open {
                    values[name] = String(value)
                    open = nil
                } else if !value.isEmpty {
                    return nil
                }
                rest = rest[found.upperBound...]
            }
        }
        if let name = open {
            let end = isWhole ? rest.endIndex : rest.firstIndex { " ;,)\n".contains($0) } ?? rest.endIndex
            values[name] = String(rest[..<end])
            rest = rest[end...]
        }
        return isWhole && !rest.isEmpty ? nil : (values, rest)
    }

    private static func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
            if start > rest.startIndex { pieces.append(.words(String(rest[..<start]))) }
            pieces.append(.place(String(rest[rest.index(after: start)..<end])))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { pieces.append(.words(String(rest))) }
        return pieces
    }
}
