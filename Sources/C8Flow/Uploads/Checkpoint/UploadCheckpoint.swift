/// How far an upload is: what a later run needs to go on, and all that is kept of it. Its size follows the concurrency,
/// not the input.
package struct UploadCheckpoint: Sendable, Hashable {
    /// What is read.
    package let input: InputIdentity
    /// How it is made into batches.
    package let plan: BatchPlan
    /// What is done.
    package internal(set) var finished = FinishedBatches()
    /// What was begun, by number.
    package internal(set) var open: [Int: OpenBatch] = [:]
    /// The rows whose fate is known, without those that were never sent; seconds of all runs.
    package internal(set) var summary = UploadSummary()
    /// When requests of a write were last about to be sent, in seconds since 1970: all that are in doubt were then, or before.
    package var sentAt: Double?

    /// Of an upload that has not begun.
    package init(input: InputIdentity, plan: BatchPlan) {
        self.input = input
        self.plan = plan
    }

    /// Compares with what a later run is about to upload.
    ///
    /// - Throws: ``UploadError`` when the file or the options changed.
    package func check(input: InputIdentity, plan: BatchPlan) throws(UploadError) {
        if let difference = input.difference(from: self.input) {
            throw .inputChanged(InputChange(name: self.input.name, lines: nil, difference: difference))
        }
        if plan != self.plan { throw .planChanged(name: self.input.name, from: self.plan, to: plan) }
    }

    /// The requests whose fate is not known, in the input's order.
    package var inDoubt: [UploadSlice] {
        open.values.sorted { $0.identity.number < $1.identity.number }.flatMap { batch in
            batch.inDoubt.sorted { $0.lowerBound < $1.lowerBound }.map {
                UploadSlice(batch: batch.identity.number, rows: $0)
            }
        }
    }

    /// Notes what an operator found out about one of ``inDoubt``; anything else changes nothing.
    ///
    /// - Parameter happened: its rows count as accepted, else they are sent again.
    package mutating func resolve(_ slice: UploadSlice, happened: Bool) {
        guard open[slice.batch]?.inDoubt.contains(slice.rows) == true else { return }
        if happened { settle(slice, .accepted(slice.count)) } else { clear(slice) }
    }

    /// Notes that a request of a batch is about to be sent; `isDoubtful` when it must not be repeated unasked.
    mutating func begin(_ slice: UploadSlice, of identity: BatchIdentity, isDoubtful: Bool) {
        var batch = open[slice.batch] ?? OpenBatch(identity)
        if isDoubtful, !batch.inDoubt.contains(slice.rows) { batch.inDoubt.append(slice.rows) }
        open[slice.batch] = batch
    }

    /// Notes that a request provably did nothing.
    mutating func clear(_ slice: UploadSlice) {
        open[slice.batch]?.inDoubt.removeAll { $0 == slice.rows }
    }

    /// Notes what became of a request's rows; true when that finishes the batch.
    @discardableResult
    mutating func settle(_ slice: UploadSlice, _ answer: BatchAnswer) -> Bool {
        guard var batch = open[slice.batch] else { return false }
        batch.inDoubt.removeAll { $0 == slice.rows }
        batch.settled.insert(slice.rows)
        summary.add(answer)
        guard batch.isFinished else {
            open[slice.batch] = batch
            return false
        }
        open[slice.batch] = nil
        finished.insert(slice.batch, batch.identity.digest)
        summary.batches += 1
        return true
    }

    /// Forgets which rows were rejected, so that a later run sends them again; for an upload of which nothing was accepted.
    mutating func forgetRejections() {
        finished = FinishedBatches()
        open = open.filter { !$0.value.inDoubt.isEmpty }
        for number in open.keys { open[number]?.settled = RowRanges() }
        let old = summary
        summary = UploadSummary()
        summary.retries = old.retries
        summary.seconds = old.seconds
    }
}
