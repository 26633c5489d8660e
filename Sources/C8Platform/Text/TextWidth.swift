/// How many columns of a terminal a text takes.
package enum TextWidth {
    /// The columns of a text, which has no line breaks or control characters in it.
    package static func columns(of text: some StringProtocol) -> Int {
        // Most texts are ASCII, where a byte is a column.
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + columns(of: $1) }
    }

    /// The columns of one character as it is seen: a letter with its accents, an emoji of several parts.
    package static func columns(of character: Character) -> Int {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return 0 }
        guard scalars.count > 1 else { return columns(of: first) }
        // The variation selector for emoji makes a sign wide (UTS #51); two regional indicators are a flag.
        if scalars.contains("\u{FE0F}") || (0x1F1E6...0x1F1FF).contains(first.value) { return 2 }
        // The voiced marks of halfwidth kana stand beside what they belong to.
        let marks = scalars.count { $0 == "\u{FF9E}" || $0 == "\u{FF9F}" }
        return max(columns(of: first) + marks, scalars.dropFirst().contains { columns(of: $0) == 2 } ? 2 : 0)
    }

    /// The columns of a scalar by itself: 0, 1 or 2.
    package static func columns(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return 1 }
        if isIn(WidthTables.wide, value) { return 2 }
        return isIn(WidthTables.zero, value) ? 0 : 1
    }

    /// The beginning of a text that fits into so many columns.
    package static func prefix(_ text: String, columns limit: Int) -> Substring {
        var left = limit
        var end = text.startIndex
        for index in text.indices {
            left -= columns(of: text[index])
            if left < 0 { break }
            end = text.index(after: index)
        }
        return text[..<end]
    }

    private static func isIn(_ ranges: [ClosedRange<UInt32>], _ value: UInt32) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(value)
    }
}
