/// Some of the rows of a batch, as ascending ranges with gaps between them.
package struct RowRanges: Sendable, Hashable {
    /// None is empty, and none touches the next.
    package private(set) var ranges: [Range<Int>] = []

    package init() {}

    /// From kept ranges; nil when they are empty, overlap or are out of order.
    package init?(_ ranges: [Range<Int>]) {
        var end = -1
        for range in ranges {
            guard range.lowerBound >= max(0, end), !range.isEmpty else { return nil }
            end = range.upperBound
        }
        for range in ranges { insert(range) }
    }

    /// Whether there are no rows.
    package var isEmpty: Bool { ranges.isEmpty }

    /// How many rows there are.
    package var count: Int { ranges.reduce(0) { $0 + $1.count } }

    /// Adds rows.
    package mutating func insert(_ rows: Range<Int>) {
        guard !rows.isEmpty else { return }
        var rows = rows
        let touching = ranges.filter { $0.lowerBound <= rows.upperBound && rows.lowerBound <= $0.upperBound }
        for range in touching {
            rows = min(rows.lowerBound, range.lowerBound)..<max(rows.upperBound, range.upperBound)
        }
        let index = ranges.firstIndex { $0.upperBound >= rows.lowerBound } ?? ranges.count
        ranges.replaceSubrange(index..<index + touching.count, with: [rows])
    }

    /// The rows from 0 to below `count` that are not among these.
    package func gaps(upTo count: Int) -> [Range<Int>] {
        var gaps: [Range<Int>] = []
        var start = 0
        for range in ranges where range.lowerBound < count {
            if range.lowerBound > start { gaps.append(start..<range.lowerBound) }
            start = max(start, range.upperBound)
        }
        if start < count { gaps.append(start..<count) }
        return gaps
    }
}
