/// A job that comes again and again, by a cron expression: once for all workers that share the queue.
package struct JobSchedule: Sendable, Equatable {
    /// What each firing submits; its id is the schedule's, and each job's is that with `@` and the moment.
    package var request: JobRequest
    /// As it was written.
    package var expression: String
    /// The name of the time zone that it is meant in, such as `Asia/Shanghai`.
    package var zone: String
    /// Seconds since 1970.
    package var nextAt: Double
    package var lastAt: Double?
    /// How often it has fired.
    package var count: Int64

    package init(request: JobRequest, expression: String, zone: String, nextAt: Double) {
        self.request = request
        self.expression = expression
        self.zone = zone
        self.nextAt = nextAt
        count = 0
    }
}
