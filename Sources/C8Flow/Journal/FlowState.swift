/// How far a flow has come. Whether a process is at it just now is told by the lock, not by this.
package enum FlowState: String, Sendable, CaseIterable {
    /// Under way, or left where a process died or stopped.
    case running
    /// The script ended with an error; the same script started again goes on.
    case failed
    /// Has its result, and never runs again.
    case finished
}
