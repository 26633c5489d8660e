/// Why an upload ended before all was done.
package enum UploadStop: Sendable, Hashable, CustomStringConvertible {
    /// These requests may have happened or not, and nobody here can tell.
    case inDoubt([UploadSlice])
    /// Everything is rejected, says this code. A later run sends every row again, those too that were reported.
    case wholesale(code: Int64?, message: String?)
    /// The input or what was kept of it is not as it was.
    case refused(UploadError)
    /// A request failed so many times.
    case failing(UploadSlice, attempts: Int)
    /// A request failed in a way that others would fail, too; whoever told so knows more.
    case fatal(UploadSlice)
    /// It was asked to.
    case cancelled

    /// What happened and what to do.
    package var description: String {
        switch self {
        case .inDoubt(let slices):
            let rows = slices.reduce(0) { $0 + $1.count }
            let numbers = slices.map(\.batch).reduce(into: [Int]()) { if $0.last != $1 { $0.append($1) } }
            let list =
                numbers.prefix(10).map { String($0 + 1) }.joined(separator: ", ") + (numbers.count > 10 ? ", …" : "")
            return
                "the answers for \(rows) rows of \(numbers.count == 1 ? "batch" : "batches") \(list) were lost, and the "
                + "rows may have been accepted. Look at the platform whether it has them and resolve the step, or give "
                + "the upload a verify function; then run it again"
        case .wholesale(let code, let message):
            let words = [code.map { "code \($0)" }, message].compactMap(\.self).joined(separator: ": ")
            return "the platform rejects every row\(words.isEmpty ? "" : " with \(words)"), single ones too, and has "
                + "accepted none: look at the operation, the body and the order, then run it again"
        case .refused(let error): return error.description
        case .failing(let slice, let attempts):
            return
                "batch \(slice.batch + 1) could not be sent in \(attempts) attempts. What was accepted is kept: run it "
                + "again when the platform can be reached"
        case .fatal(let slice):
            return "the upload ended at batch \(slice.batch + 1); it can be run again once that is mended"
        case .cancelled: return "the upload was cancelled. What was accepted is kept: run it again to go on"
        }
    }
}
