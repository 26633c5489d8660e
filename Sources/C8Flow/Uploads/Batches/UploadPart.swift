/// Some rows, and those left out before the last of them.
package struct UploadPart: Sendable {
    package var batch: Batch?
    package var leftOut: [RejectedRow] = []
    package var skipped = SkippedRows.none
}
