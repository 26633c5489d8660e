/// Compares the batches of a later run with what an earlier one left, in the order in which they are read.
struct ResumeCheck: Sendable {
    /// What to do with a batch.
    enum Admission: Sendable, Hashable {
        /// Nothing of it was sent.
        case new
        /// It is finished.
        case skip
        /// Something of it was sent.
        case open(OpenBatch)
    }

    private let finished: FinishedBatches
    private let open: [Int: OpenBatch]
    private let name: String
    private var next = 0
    /// Of the stretch of finished batches that is being read.
    private var sum = Fingerprint(high: 0, low: 0)
    private var firstLine = 1

    init(_ checkpoint: UploadCheckpoint) {
        finished = checkpoint.finished
        open = checkpoint.open
        name = checkpoint.input.name
    }

    /// Takes the next batch.
    mutating func admit(_ batch: BatchIdentity) throws(UploadError) -> Admission {
        guard batch.number == next else {
            throw changed(batch.firstLine...max(batch.firstLine, batch.lastLine), "batch \(next) is missing")
        }
        next += 1
        if let stretch = finished.stretch(at: batch.number) {
            if batch.number == stretch.numbers.lowerBound {
                sum = Fingerprint(high: 0, low: 0)
                firstLine = batch.firstLine
            }
            sum = sum &+ batch.digest
            if next == stretch.numbers.upperBound, sum != stretch.sum {
                throw changed(firstLine...max(firstLine, batch.lastLine), "rows that were sent are others now")
            }
            return .skip
        }
        guard let open = open[batch.number] else { return .new }
        guard open.identity == batch else {
            let lines = open.identity.firstLine...max(open.identity.firstLine, open.identity.lastLine)
            throw changed(lines, "rows of batch \(batch.number) are others now")
        }
        return .open(open)
    }

    /// The input has ended.
    func end() throws(UploadError) {
        let needed = max(finished.end, (open.keys.max() ?? -1) + 1)
        if next < needed { throw changed(nil, "it has rows for \(next) batches, and had some for \(needed) or more") }
    }

    private func changed(_ lines: ClosedRange<Int>?, _ difference: String) -> UploadError {
        .inputChanged(InputChange(name: name, lines: lines, difference: difference))
    }
}
