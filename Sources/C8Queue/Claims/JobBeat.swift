/// What a worker is told when it says that it lives.
package struct JobBeat: Sendable, Equatable {
    /// Somebody else has them, or an operator took them away: their scripts must stop at once.
    package var lost: Set<JobClaim>
    /// An operator has asked to end them.
    package var cancelled: Set<JobClaim>

    package init(lost: Set<JobClaim> = [], cancelled: Set<JobClaim> = []) {
        self.lost = lost
        self.cancelled = cancelled
    }
}
