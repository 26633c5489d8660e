import C8Flow

/// Gives the rows of an upload in their order. Used by one task at a time.
protocol UploadSource: Sendable {
    /// What is read, so that a changed input is recognised.
    var identity: InputIdentity { get }
    /// Bytes in all, where that is known.
    var size: Int64? { get }

    /// The next rows that are to be sent, with those that are left out on the way; nil at the end.
    func next() async throws -> UploadPart?
}

/// Some rows, and those left out before the last of them.
struct UploadPart: Sendable {
    var batch: Batch?
    var leftOut: [RejectedRow] = []
    var skipped = SkippedRows.none
    /// How far the input is read, in bytes or rows.
    var position: Int64 = 0
}
