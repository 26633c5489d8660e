/// What happened to an upload; told to ``UploadState/handle(_:at:)``.
package enum UploadEvent: Sendable, Hashable {
    /// A batch was read, in the order of the numbers; with the rows left out since the one before.
    case batchRead(BatchIdentity, skipped: SkippedRows)
    /// There are no more batches; with the rows left out since the last one.
    case inputEnded(skipped: SkippedRows)
    /// A request succeeded.
    case answered(UploadSlice, BatchAnswer)
    /// A request failed.
    case failed(UploadSlice, UploadFailure)
    /// `verify` told whether a request happened: then all its rows count as accepted; nil when it cannot tell.
    case verified(UploadSlice, happened: Bool?)
    /// The time of a ``UploadAction/wake(at:)`` has come.
    case woke
    /// The upload shall end. Requests under way are waited for; whoever cuts them tells their failure.
    case cancelled
}
