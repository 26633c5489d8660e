/// Splits a row of a table at its bars, but not at escaped ones or those inside code.
enum BarSplitter {
    static func split(_ line: Substring) -> [Substring] {
        var pieces: [Substring] = []
        var start = line.startIndex
        var index = line.startIndex
        while index < line.endIndex {
            let character = line[index]
            if character == "\\" {
                index = line.index(after: index)
                if index < line.endIndex { index = line.index(after: index) }
            } else if character == "`" {
                index = endOfCode(line, from: index)
            } else if character == "|" {
                pieces.append(line[start..<index])
                index = line.index(after: index)
                start = index
            } else {
                index = line.index(after: index)
            }
        }
        pieces.append(line[start...])
        return pieces
    }

    /// Behind the code that begins here; behind the backticks alone, where nothing ends it.
    private static func endOfCode(_ line: Substring, from start: Substring.Index) -> Substring.Index {
        let ticks = line[start...].prefix { $0 == "`" }
        var rest = line[ticks.endIndex...]
        // Code in a cell is short; without a bound, odd backticks would make a long line take for ever.
        for _ in 0..<50 {
            guard let next = rest.firstIndex(of: "`") else { break }
            let closing = line[next...].prefix { $0 == "`" }
            if closing.count == ticks.count { return closing.endIndex }
            rest = line[closing.endIndex...]
        }
        return ticks.endIndex
    }
}
