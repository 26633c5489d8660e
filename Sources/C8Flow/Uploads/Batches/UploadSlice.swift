/// Some of the rows of one batch: what a request carries. Mostly all of them; fewer while a bad row is looked for.
package struct UploadSlice: Sendable, Hashable {
    /// The batch's number, from 0.
    package let batch: Int
    /// The rows, counted within the batch from 0.
    package let rows: Range<Int>

    package init(batch: Int, rows: Range<Int>) {
        self.batch = batch
        self.rows = rows
    }

    /// How many rows there are.
    package var count: Int { rows.count }
}
