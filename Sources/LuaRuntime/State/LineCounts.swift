/// How often the lines of one chunk have begun.
package struct LineCounts: Sendable, Equatable {
    /// The chunk's name without its `@`: a path.
    package let chunk: String
    /// By number, from 1: every line that has something to run, also those that never did.
    package var counts: [Int: Int]

    package init(chunk: String, counts: [Int: Int]) {
        self.chunk = chunk
        self.counts = counts
    }
}
