/// How a worker is at one moment.
package struct WorkerStatus: Sendable, Equatable {
    /// Seconds since the queue was last reached; nil where it never was.
    package var sinceContact: Double?
    /// Whether it takes nothing new.
    package var isDraining = false
    /// Scripts that run, and how many may.
    package var running = 0
    package var slots = 0
    /// Whether the queue was reached within the time that a lease lasts.
    package var isStoreReached = false
}
