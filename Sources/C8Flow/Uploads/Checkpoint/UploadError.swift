/// Why an upload cannot go on from where an earlier run of it ended.
package enum UploadError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The input is not the one that was read before.
    case inputChanged(InputChange)
    /// The options that make batches of rows are not those of before.
    case planChanged(name: String, from: BatchPlan, to: BatchPlan)
    /// What was kept of the earlier run cannot be read.
    case damaged(String)

    /// What happened and what to do.
    package var description: String {
        switch self {
        case .inputChanged(let change):
            let place = change.lines.map { " (lines \($0.lowerBound) to \($0.upperBound))" } ?? ""
            return "\(change.name)\(place) changed since the upload of it began: \(change.difference). Bring back the "
                + "file as it was, or upload what is new from a file of its own under another id"
        case .planChanged(let name, let old, let new):
            return
                "the upload of \(name) began with \(Self.words(old)) and would go on with \(Self.words(new)), so that "
                + "its batches would be others. Use the options of before, or another id once that upload is finished"
        case .damaged(let problem):
            return
                "what was kept of the upload's earlier run cannot be read (\(problem)). Find out at the platform which "
                + "rows it has, then upload the others under another id"
        }
    }

    private static func words(_ plan: BatchPlan) -> String {
        "batches of \(plan.rows) rows" + (plan.selection.isEmpty ? "" : " (\(plan.selection))")
    }
}
