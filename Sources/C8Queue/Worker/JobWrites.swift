/// What an attempt writes outside of flows: before the first write the queue must know, and afterwards it may forget again
/// where it is certain that none took place.
package struct JobWrites: Sendable, Equatable {
    private var isNoted = false
    private var underWay = 0
    private var done = 0

    package init() {}

    /// A write begins.
    ///
    /// - Returns: whether the queue is to be told before it is sent.
    package mutating func begin() -> Bool {
        underWay += 1
        return !isNoted
    }

    /// The queue has been told.
    package mutating func noted() { isNoted = true }

    /// A write has ended, or was not begun.
    package mutating func end(isUnwritten: Bool) {
        underWay -= 1
        if !isUnwritten { done += 1 }
    }

    /// Whether a write may have taken place. One whose end nobody knows counts.
    package var mayHaveWritten: Bool { isNoted && (done > 0 || underWay > 0) }
}
