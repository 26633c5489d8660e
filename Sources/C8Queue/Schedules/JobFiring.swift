/// A schedule's time has come: the job that this makes, and when the next one is due.
package struct JobFiring: Sendable, Equatable {
    package var request: JobRequest
    /// When it was due, in seconds since 1970.
    package var moment: Double
    package var nextAt: Double
}
