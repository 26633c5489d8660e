import C8Platform
import C8Queue

/// Reads the queue's tables, of which nothing is taken for granted: the file may be damaged, or somebody may have edited it.
struct JobRowReader<Source: JobRow> {
    let row: Source
    /// The job's id as stored, for errors.
    let name: String

    /// - Parameter id: of the job that the row belongs to, where the row does not say.
    init(_ row: Source, of id: JobID? = nil) {
        self.row = row
        name = id?.text ?? row.text("id") ?? "?"
    }

    func id() throws(JobQueueError) -> JobID { try id(try text("id")) }

    func claim() throws(JobQueueError) -> JobClaim {
        JobClaim(id: try id(), number: try integer("number"), fence: try integer("fence"))
    }

    func state() throws(JobQueueError) -> JobState {
        guard let state = JobState(rawValue: try text("state")) else { throw damaged("state") }
        return state
    }

    func record() throws(JobQueueError) -> JobRecord {
        var record = JobRecord(
            id: try id(), state: try state(), scriptName: try text("script_name"), scriptHash: try text("script_hash"))
        record.tag = try text("tag")
        record.priority = try count("priority")
        record.application = row.text("application")
        record.profile = row.text("profile")
        record.submitter = try text("submitter")
        record.submittedAt = try number("submitted_at")
        record.notBefore = try number("not_before")
        record.attempts = try count("attempts")
        record.mostAttempts = try count("most_attempts")
        record.fence = try integer("fence")
        record.worker = row.text("worker")
        record.startedAt = row.number("started_at")
        record.endedAt = row.number("ended_at")
        record.lease = row.number("lease_left")
        record.hasWritten = try flag("has_written")
        record.isCancelling = try flag("is_cancelling")
        record.exitCode = row.integer("exit_code").map { Int32(truncatingIfNeeded: $0) }
        record.error = row.text("error")
        record.schedule = try row.text("schedule").map { name throws(JobQueueError) in try id(name) }
        return record
    }

    /// As a list shows it, which one damaged row must not empty: what is wrong with it is its error. Nil where not even its id
    /// makes sense.
    func listed() -> JobRecord? {
        do throws(JobQueueError) {
            return try record()
        } catch {
            guard let id = try? id() else { return nil }
            var record = JobRecord(
                id: id, state: (try? state()) ?? .dead, scriptName: row.text("script_name") ?? "?",
                scriptHash: row.text("script_hash") ?? "?")
            record.error = error.description
            return record
        }
    }

    /// What was submitted, as a job or with a schedule.
    func request(_ script: JobScript) throws(JobQueueError) -> JobRequest {
        JobRequest(
            id: try id(), script: script, arguments: try arguments(), input: row.text("input"),
            terms: try text("terms"), tag: try text("tag"), priority: try count("priority"),
            notBefore: row.number("start_at"), application: row.text("application"), profile: row.text("profile"),
            mostAttempts: try count("most_attempts"), submitter: try text("submitter"))
    }

    /// From a row that has the script's text, too.
    func script() throws(JobQueueError) -> JobScript {
        guard let source = row.bytes("source") else { throw damaged("script") }
        guard let files = row.bytes("files").flatMap(JobScript.unpackFiles) else { throw damaged("files") }
        return JobScript(
            name: try text("script_name"), source: source, files: files, hash: try text("script_hash"))
    }

    func attempt() throws(JobQueueError) -> JobReport.Attempt {
        var attempt = JobReport.Attempt(
            number: try count("attempt"), worker: try text("worker"), startedAt: try number("started_at"))
        attempt.endedAt = row.number("ended_at")
        attempt.exitCode = row.integer("exit_code").map { Int32(truncatingIfNeeded: $0) }
        attempt.error = row.text("error")
        attempt.output = try text("output")
        attempt.log = try text("log")
        return attempt
    }

    /// From a row that has the script's text, too.
    func schedule() throws(JobQueueError) -> JobSchedule {
        var schedule = JobSchedule(
            request: try request(try script()), expression: try text("expression"), zone: try text("zone"),
            nextAt: try number("next_at"))
        schedule.lastAt = row.number("last_at")
        schedule.count = try integer("count")
        return schedule
    }

    func text(_ column: String) throws(JobQueueError) -> String {
        guard let text = row.text(column) else { throw damaged(column) }
        return text
    }

    func integer(_ column: String) throws(JobQueueError) -> Int64 {
        guard let integer = row.integer(column) else { throw damaged(column) }
        return integer
    }

    func number(_ column: String) throws(JobQueueError) -> Double {
        guard let number = row.number(column) else { throw damaged(column) }
        return number
    }

    func flag(_ column: String) throws(JobQueueError) -> Bool {
        guard let flag = row.flag(column) else { throw damaged(column) }
        return flag
    }

    func count(_ column: String) throws(JobQueueError) -> Int {
        guard let count = Int(exactly: try integer(column)) else { throw damaged(column) }
        return count
    }

    private func id(_ text: String) throws(JobQueueError) -> JobID {
        do {
            return try JobID(text)
        } catch {
            throw .damaged(name, problem: "its id makes no sense")
        }
    }

    private func arguments() throws(JobQueueError) -> [String] {
        let text = try text("arguments")
        guard let values = try? JSONParser.parse(Array(text.utf8)).arrayValue else { throw damaged("arguments") }
        let arguments = values.compactMap(\.stringValue)
        guard arguments.count == values.count else { throw damaged("arguments") }
        return arguments
    }

    private func damaged(_ column: String) -> JobQueueError {
        .damaged(name, problem: "its \(column) makes no sense")
    }
}
