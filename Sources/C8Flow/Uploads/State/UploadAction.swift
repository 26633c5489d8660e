/// What is to be done for an upload, in the order given: an action begins when those before it are done, except that
/// requests, reads and questions are only started. Of the journal actions of one list, the first may write for all.
package enum UploadAction: Sendable, Hashable {
    /// Read so many more batches.
    case read(Int)
    /// Write down ``UploadState/checkpoint`` durably: requests of these batches follow that must not be repeated
    /// unasked.
    case journalStart([Int])
    /// Send these rows.
    case send(UploadSlice)
    /// Ask `verify` whether this request happened.
    case askVerify(UploadSlice)
    /// Add to the report of rejected rows. A run that ended between this and the next journal action reports them
    /// again.
    case report(batch: Int, [RowRejection])
    /// Write down ``UploadState/checkpoint`` durably: these batches are finished; none, when the upload is about to
    /// end.
    case journalDone([Int])
    /// Forget a batch's rows. Where it `wasSkipped`, an earlier run finished it, and reported the rows left out before
    /// it.
    case release(batch: Int, wasSkipped: Bool)
    /// Tell ``UploadEvent/woke`` at this time; it replaces the time of before.
    case wake(at: Double)
    /// All is done.
    case finish(UploadSummary)
    /// The upload ends here and can be gone on with later.
    case stop(UploadStop)
}
