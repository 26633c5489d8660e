/// What becomes of a job after an attempt.
package enum JobRetry {
    package static let standardAttempts = 5
    /// Attempts whose logs are kept, the last ones.
    package static let keptAttempts = 10
    /// Bytes that are kept of an attempt's output, and as many of its log: their ends.
    package static let keptText = 64 << 10
    /// Exit codes that are tried again: the platform cannot be reached, and a flow that stopped in doubt, which its
    /// `verify` may settle.
    package static let codes: Set<Int32> = [69, 75]

    /// The next state of a job.
    package enum Next: Sendable, Equatable {
        /// Seconds to wait before.
        case again(after: Double)
        case ended(JobState)
    }

    /// After an attempt that ended.
    ///
    /// A script that may have written outside of a flow is not run again by itself: that might write twice.
    ///
    /// - Parameters:
    ///   - attempt: the number of the attempt, from 1.
    ///   - isCancelling: an operator has asked to end it.
    package static func next(
        after end: JobEnd, attempt: Int, mostAttempts: Int, isCancelling: Bool = false
    ) -> Next {
        if end.exitCode == 0 { return .ended(.done) }
        if isCancelling { return .ended(.cancelled) }
        if end.isDrained { return end.hasWritten ? .ended(.dead) : .again(after: 0) }
        guard codes.contains(end.exitCode) else { return .ended(.failed) }
        guard !end.hasWritten, attempt < mostAttempts else { return .ended(.dead) }
        return .again(after: pause(after: attempt))
    }

    /// After an attempt whose worker was lost.
    package static func nextAfterLoss(
        hasWritten: Bool, attempt: Int, mostAttempts: Int, isCancelling: Bool = false
    ) -> Next {
        if isCancelling { return .ended(.cancelled) }
        return hasWritten || attempt >= mostAttempts ? .ended(.dead) : .again(after: 0)
    }

    /// What is told of an attempt whose worker was lost; a sentence.
    package static func loss(of worker: String, hasWritten: Bool) -> String {
        hasWritten
            ? "its worker (\(worker)) was lost after a write outside of a flow, which may have taken place"
            : "its worker (\(worker)) was lost"
    }

    /// Seconds that a job waits after an attempt: ``pause(after:)``, and up to a fifth more by a number from 0 to 1, so that
    /// jobs that failed together do not come again together.
    package static func spread(_ pause: Double, by chance: Double) -> Double { pause * (1 + 0.2 * chance) }

    /// Seconds: 10, doubled with each attempt, up to an hour. Who retries adds its own jitter of up to a fifth.
    package static func pause(after attempt: Int) -> Double {
        min(3600, 10 * Double(1 << min(max(attempt - 1, 0), 12)))
    }
}
