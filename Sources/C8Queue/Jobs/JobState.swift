/// How far a job has come.
package enum JobState: String, Sendable, CaseIterable {
    /// Waits for its time, or for a worker.
    case waiting
    /// A worker runs it, or has died while it did: what is left of its lease tells.
    case running
    /// Ended with exit code 0.
    case done
    /// Ended with an exit code that is not tried again. A dead letter.
    case failed
    /// Not tried again although it has not ended: its attempts are used up, or nobody knows whether a write of it took
    /// place. A dead letter.
    case dead
    /// Taken back by an operator.
    case cancelled

    /// Whether nothing more becomes of it by itself.
    package var isFinal: Bool { self != .waiting && self != .running }
    /// Whether somebody should look at it.
    package var isDeadLetter: Bool { self == .failed || self == .dead }
}
