import C8Platform
import C8Queue
import OrderedCollections

/// Jobs and schedules as JSON. Times are seconds since 1970.
enum QueueJSON {
    static func json(_ job: JobRecord) -> JSONValue { .object(fields(job)) }

    static func json(_ report: JobReport) -> JSONValue {
        .object(
            fields(report.record).merging(fields(report.request)) { first, _ in first }.merging([
                "result": parsed(report.result), "history": .array(report.attempts.map(json)),
            ]) { first, _ in first })
    }

    static func json(_ schedule: JobSchedule) -> JSONValue {
        let times: OrderedDictionary<String, JSONValue> = [
            "id": .string(schedule.request.id.text), "cron": .string(schedule.expression),
            "zone": .string(schedule.zone), "next_at": .number(schedule.nextAt), "last_at": optional(schedule.lastAt),
            "fired": .integer(schedule.count), "script": .string(schedule.request.script.name),
            "script_sha256": .string(schedule.request.script.hash), "tag": optional(schedule.request.tag),
            "priority": .integer(Int64(schedule.request.priority)), "profile": optional(schedule.request.profile),
            "submitter": .string(schedule.request.submitter),
        ]
        return .object(times.merging(fields(schedule.request)) { first, _ in first })
    }

    private static func fields(_ job: JobRecord) -> OrderedDictionary<String, JSONValue> {
        [
            "id": .string(job.id.text), "state": .string(job.state.rawValue), "script": .string(job.scriptName),
            "script_sha256": .string(job.scriptHash), "tag": optional(job.tag),
            "priority": .integer(Int64(job.priority)), "profile": optional(job.profile),
            "submitter": .string(job.submitter), "submitted_at": .number(job.submittedAt),
            "not_before": .number(job.notBefore), "attempts": .integer(Int64(job.attempts)),
            "max_attempts": .integer(Int64(job.mostAttempts)), "worker": optional(job.worker),
            "lease_seconds": optional(job.lease), "started_at": optional(job.startedAt),
            "ended_at": optional(job.endedAt), "exit_code": job.exitCode.map { .integer(Int64($0)) } ?? .null,
            "error": optional(job.error), "may_have_written": .bool(job.hasWritten),
            "cancelling": .bool(job.isCancelling), "schedule": optional(job.schedule?.text),
        ]
    }

    private static func fields(_ request: JobRequest) -> OrderedDictionary<String, JSONValue> {
        [
            "arguments": .array(request.arguments.map { .string($0) }), "input": parsed(request.input),
            "terms": parsed(request.terms), "modules": .array(request.script.files.map { .string($0.path) }),
        ]
    }

    private static func json(_ attempt: JobReport.Attempt) -> JSONValue {
        [
            "attempt": .integer(Int64(attempt.number)), "worker": .string(attempt.worker),
            "started_at": .number(attempt.startedAt), "ended_at": optional(attempt.endedAt),
            "exit_code": attempt.exitCode.map { .integer(Int64($0)) } ?? .null, "error": optional(attempt.error),
            "output": .string(attempt.output), "log": .string(attempt.log),
        ]
    }

    private static func parsed(_ text: String?) -> JSONValue {
        text.flatMap { try? JSONParser.parse(Array($0.utf8)) } ?? .null
    }

    /// An empty text stands for none.
    private static func optional(_ text: String?) -> JSONValue {
        text.flatMap { $0.isEmpty ? nil : .string($0) } ?? .null
    }

    private static func optional(_ number: Double?) -> JSONValue { number.map { .number($0) } ?? .null }
}
