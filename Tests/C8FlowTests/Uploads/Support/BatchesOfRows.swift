@testable import C8Flow

/// The batches of rows that come in the lines 1, 2, 3 and so on.
func batches(of rows: [String], _ plan: BatchPlan) -> [Batch] {
    var builder = BatchBuilder(plan)
    var batches: [Batch] = []
    for (index, row) in rows.enumerated() {
        if let batch = lend(row, { builder.add($0, line: index + 1) }) { batches.append(batch) }
    }
    while let batch = builder.finish() { batches.append(batch) }
    return batches
}
