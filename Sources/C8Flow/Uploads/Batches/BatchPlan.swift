/// What, together with the input, decides which rows go into which batch.
///
/// Batches are a function of the input and the plan alone: rows that are left out are left out again in a later run, so
/// a batch's number stands for the same rows in each run.
package struct BatchPlan: Sendable, Hashable {
    /// The rows that a batch has when nothing else is asked for.
    package static let usualRows = 1000
    /// A batch's most bytes when nothing else is asked for.
    package static let usualBytes = 4 << 20

    /// The most rows of a batch; at least 1.
    package let rows: Int
    /// The most bytes of a batch's values; a longer row is a batch of its own.
    package let bytes: Int
    /// The options that decide which rows are left out and what their values are, as text: column, pattern, encoding.
    package let selection: String

    package init(rows: Int = usualRows, bytes: Int = usualBytes, selection: String = "") {
        self.rows = max(1, rows)
        self.bytes = max(1, bytes)
        self.selection = selection
    }
}
