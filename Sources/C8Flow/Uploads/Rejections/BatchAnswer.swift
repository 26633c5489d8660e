/// What a successful answer says of a request's rows. The three numbers add up to the rows of the request.
package struct BatchAnswer: Sendable, Hashable {
    /// Rows that the platform took.
    package let accepted: Int
    /// Rows that it did not take.
    package let rejected: Int
    /// The platform has them already.
    package let duplicate: Int
    /// Which rows were rejected; may be fewer than ``rejected`` when the platform gives numbers alone.
    package let rows: [RowRejection]

    package init(accepted: Int, rejected: Int = 0, duplicate: Int = 0, rows: [RowRejection] = []) {
        self.accepted = accepted
        self.rejected = rejected
        self.duplicate = duplicate
        self.rows = rows
    }

    /// All rows were accepted.
    package static func accepted(_ rows: Int) -> BatchAnswer { BatchAnswer(accepted: rows) }

    /// A row was rejected that was sent alone.
    static func rejected(_ row: RowRejection) -> BatchAnswer { BatchAnswer(accepted: 0, rejected: 1, rows: [row]) }
}
