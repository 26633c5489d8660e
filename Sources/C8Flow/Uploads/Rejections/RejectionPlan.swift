/// What to do when requests are rejected as a whole, without a word on the rows: halves are sent until the rows that
/// are to blame are alone. Each bad row costs at most 2·log2 of the batch's rows of further requests.
///
/// While nothing at all was accepted, the fault may lie with the upload rather than with its rows (an order that does
/// not exist rejects everything). Then one path alone is followed, one request at a time: down to the first row, and
/// where that is rejected with the same code as the whole, to the last row. When that is rejected so, too, the upload
/// is wrong as a whole.
package struct RejectionPlan: Sendable {
    /// What follows from a rejected request.
    package enum Verdict: Sendable, Hashable {
        /// The slice is replaced by these, to be sent as ``mayStart(_:)`` allows.
        case split([UploadSlice])
        /// This row was alone, and is rejected.
        case row(Int)
        /// This row was alone and is rejected; another one of the batch is to be sent alone next, out of what waits.
        case rowThenAlone(Int, next: UploadSlice)
        /// The upload is wrong as a whole, says this code.
        case wholesale(code: Int64?)
    }

    /// The way to a single row of a batch that was rejected.
    private struct Descent: Sendable {
        let whole: UploadSlice
        let code: Int64?
        var probe: UploadSlice
    }

    /// Rejected batches of one row say less than a batch and its first and last row do: so many are wanted.
    private static let singleRows = 16

    /// Something was accepted, in this run or an earlier one.
    private(set) var hasAccepted: Bool
    private var descent: Descent?
    /// How many batches of one row were rejected, by code.
    private var singles: [Int64?: Int] = [:]

    /// - Parameter hasAccepted: whether a row was accepted in an earlier run.
    package init(hasAccepted: Bool = false) {
        self.hasAccepted = hasAccepted
    }

    /// Whether a slice may be sent now: all may, but for the time of a descent.
    package func mayStart(_ slice: UploadSlice) -> Bool { descent.map { $0.probe == slice } ?? true }

    /// At least one row was accepted: rejections are due to rows from now on.
    package mutating func accepted() {
        hasAccepted = true
        descent = nil
        singles = [:]
    }

    /// A request's rows will not be sent again, or not now: nobody waits for it.
    package mutating func gaveUp(_ slice: UploadSlice) {
        if descent?.probe == slice { descent = nil }
    }

    /// A request was rejected as a whole.
    ///
    /// - Parameter isWhole: it had all rows of its batch.
    package mutating func rejected(_ slice: UploadSlice, isWhole: Bool, code: Int64?) -> Verdict {
        let row = slice.rows.lowerBound
        guard !hasAccepted else { return slice.count > 1 ? .split(halves(slice)) : .row(row) }
        guard let descent, descent.probe == slice else {
            if slice.count > 1 {
                let halves = halves(slice)
                if descent == nil, let first = halves.first {
                    descent = Descent(whole: slice, code: code, probe: first)
                }
                return .split(halves)
            }
            guard isWhole else { return .row(row) }
            singles[code, default: 0] += 1
            return singles[code, default: 0] >= Self.singleRows ? .wholesale(code: code) : .row(row)
        }
        if slice.count > 1 {
            let halves = halves(slice)
            self.descent?.probe = halves.first ?? slice
            return .split(halves)
        }
        guard code == descent.code else {
            self.descent = nil
            return .row(row)
        }
        let last = descent.whole.rows.upperBound - 1
        guard row != last else { return .wholesale(code: code) }
        let next = UploadSlice(batch: slice.batch, rows: last..<last + 1)
        self.descent?.probe = next
        return .rowThenAlone(row, next: next)
    }

    private func halves(_ slice: UploadSlice) -> [UploadSlice] {
        let middle = slice.rows.lowerBound + (slice.count + 1) / 2
        return [slice.rows.lowerBound..<middle, middle..<slice.rows.upperBound].map {
            UploadSlice(batch: slice.batch, rows: $0)
        }
    }
}
