/// What a batch is recognised by in a later run.
package struct BatchIdentity: Sendable, Hashable {
    /// From 0.
    package let number: Int
    /// The first row's line.
    package let firstLine: Int
    /// The last row's line.
    package let lastLine: Int
    /// How many rows there are.
    package let rows: Int
    /// Of the rows' values.
    package let content: Fingerprint

    package init(number: Int, firstLine: Int, lastLine: Int, rows: Int, content: Fingerprint) {
        self.number = number
        self.firstLine = firstLine
        self.lastLine = lastLine
        self.rows = rows
        self.content = content
    }

    /// All of it in 128 bits, to be added up over batches.
    var digest: Fingerprint {
        var hash = ContentHash()
        for number in [number, firstLine, lastLine, rows] { hash.add(number) }
        hash.add(Int(truncatingIfNeeded: content.high))
        hash.add(Int(truncatingIfNeeded: content.low))
        return hash.value
    }
}
