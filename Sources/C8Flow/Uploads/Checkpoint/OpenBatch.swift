/// A batch of which something was sent, and that is not finished.
package struct OpenBatch: Sendable, Hashable {
    /// What the batch is recognised by.
    package let identity: BatchIdentity
    /// The rows whose fate is known: accepted or rejected.
    package var settled = RowRanges()
    /// The requests that were sent and whose fate is not known (of writes): it is found out before their rows are sent
    /// again. They do not overlap, and are kept apart as each happened or did not as a whole.
    package var inDoubt: [Range<Int>] = []

    package init(_ identity: BatchIdentity) {
        self.identity = identity
    }

    /// Whether all rows' fate is known.
    package var isFinished: Bool { settled.count >= identity.rows }
}
