extension JobReport {
    /// Adds the attempt that is under way, of which stores know no more than the record does.
    package mutating func addRunningAttempt() {
        guard record.state == .running else { return }
        attempts.append(
            Attempt(number: record.attempts, worker: record.worker ?? "", startedAt: record.startedAt ?? 0))
        attempts.removeFirst(max(0, attempts.count - JobRetry.keptAttempts))
    }
}
