/// All that is kept of one job.
package struct JobReport: Sendable, Equatable {
    /// One time that it was run.
    package struct Attempt: Sendable, Equatable {
        package var number: Int
        package var worker: String
        /// Seconds since 1970.
        package var startedAt: Double
        /// Nil while it runs, or where its worker was lost.
        package var endedAt: Double?
        package var exitCode: Int32?
        package var error: String?
        /// The end of what it printed, and of what it logged.
        package var output: String
        package var log: String

        package init(number: Int, worker: String, startedAt: Double) {
            self.number = number
            self.worker = worker
            self.startedAt = startedAt
            output = ""
            log = ""
        }
    }

    package var record: JobRecord
    package var request: JobRequest
    /// What the script returned, as JSON text; nil for nothing.
    package var result: String?
    /// In their order; the last ``JobRetry/keptAttempts`` of them.
    package var attempts: [Attempt]

    package init(record: JobRecord, request: JobRequest, result: String? = nil, attempts: [Attempt] = []) {
        self.record = record
        self.request = request
        self.result = result
        self.attempts = attempts
    }
}
