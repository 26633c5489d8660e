/// The line of each row of a batch. Lines that follow each other cost nothing; each gap costs 16 bytes.
package struct LineNumbers: Sendable, Hashable {
    private struct Run: Sendable, Hashable {
        let index: Int
        let line: Int
    }

    private var runs: [Run] = []
    /// The line that goes on where the last row's ends.
    private var next = -1
    /// The rows.
    package private(set) var count = 0

    package init() {}

    /// Adds the next row's line.
    @inline(__always)
    package mutating func append(_ line: Int) {
        if line != next || count == 0 { runs.append(Run(index: count, line: line)) }
        next = line + 1
        count += 1
    }

    /// Adds rows of lines that follow each other.
    mutating func append(_ lines: Range<Int>) {
        guard let first = lines.first else { return }
        append(first)
        next += lines.count - 1
        count += lines.count - 1
    }

    /// The line of a row, counted from 0; 0 when there is no such row.
    package subscript(index: Int) -> Int {
        guard index >= 0, index < count else { return 0 }
        var low = 0
        var high = runs.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if runs[middle].index <= index { low = middle } else { high = middle }
        }
        return runs[low].line + (index - runs[low].index)
    }

    /// The first row's line; 0 when there is none.
    package var first: Int { self[0] }

    /// The last row's line; 0 when there is none.
    package var last: Int { self[count - 1] }

    /// How many stretches of lines that follow each other there are.
    package var stretches: Int { runs.count }
}
