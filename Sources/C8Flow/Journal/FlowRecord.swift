/// What the journal holds of a flow, its steps apart. Times are seconds since 1970.
package struct FlowRecord: Sendable, Equatable {
    package var id: FlowID
    /// Of the script that claimed it last.
    package var script: String
    /// SHA-256 in hexadecimal digits, of the script that claimed it last.
    package var scriptHash: String
    /// JSON text.
    package var input: String?
    package var state: FlowState
    /// JSON text, of a finished flow.
    package var result: String?
    /// Of a failed flow.
    package var error: String?
    /// How often it was claimed or settled: whoever has an older number may no longer write.
    package var fence: Int64
    /// Who claimed it last. Whether that process is still at it, ``FlowSummary/isHeld`` says.
    package var owner: FlowOwner
    package var claimedAt: Double
    package var createdAt: Double
    package var updatedAt: Double
    /// When it failed or finished.
    package var endedAt: Double?

    package init(_ request: FlowRequest, fence: Int64, at now: Double) {
        id = request.id
        script = request.script
        scriptHash = request.scriptHash
        input = request.input
        state = .running
        self.fence = fence
        owner = request.owner
        claimedAt = now
        createdAt = now
        updatedAt = now
    }
}
