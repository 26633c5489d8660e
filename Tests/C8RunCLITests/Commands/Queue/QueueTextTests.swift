import C8Platform
import C8Queue
import Testing

@testable import C8RunCLI

@Suite struct QueueTextTests {
    private func record(_ state: JobState, _ change: (inout JobRecord) -> Void = { _ in }) throws -> JobRecord {
        var record = JobRecord(id: try JobID("order PO-1"), state: state, scriptName: "flow.lua", scriptHash: "ab")
        change(&record)
        return record
    }

    @Test func jobsAreATable() throws {
        let jobs = [
            try record(.waiting) { $0.notBefore = 3600 }, try record(.running) { $0.worker = "process 7 on a" },
            try record(.running) { $0.lease = -1 }, try record(.failed) { $0.exitCode = 1 },
        ]
        #expect(
            QueueText.table(jobs, now: 0) == """
                JOB         STATE        TRIES  TIME                  SCRIPT
                order PO-1  waiting      0/5    1970-01-01T01:00:00Z  flow.lua  until 1970-01-01T01:00:00Z
                order PO-1  running      0/5    1970-01-01T00:00:00Z  flow.lua  process 7 on a
                order PO-1  worker lost  0/5    1970-01-01T00:00:00Z  flow.lua
                order PO-1  failed       0/5    1970-01-01T00:00:00Z  flow.lua  exit code 1

                """)
        #expect(QueueText.table([JobRecord](), now: 0) == "no jobs\n")
    }

    @Test func whatWaitsTellsForWhat() throws {
        #expect(QueueText.waiting(try record(.waiting), now: 0) == "for a worker: c8run worker")
        #expect(QueueText.waiting(try record(.waiting) { $0.tag = "a b" }, now: 0) == "for a worker with --tag 'a b'")
        let other = try record(.waiting) {
            $0.application = "x"
            $0.profile = "factory"
        }
        #expect(QueueText.waiting(other, now: 0) == "for a worker of its application (profile factory)")
    }

    @Test func aDeadLetterTellsWhatToDo() throws {
        let dead = try record(.dead) { $0.hasWritten = true }
        let request = JobRequest(id: dead.id, script: JobScript(name: "flow.lua", source: [], hash: "ab"), terms: "x")
        var report = JobReport(record: dead, request: request)
        var attempt = JobReport.Attempt(number: 1, worker: "w", startedAt: 0)
        attempt.output = "a\u{1b}[31m\n"
        report.attempts = [attempt]
        let text = QueueText.lines(report, now: 0)
        for words in ["--even-if-written 'order PO-1'", "OUTPUT of attempt 1\na\\x1b[31m\n", "not a JSON object"] {
            #expect(text.contains(words), "\(text)")
        }
        #expect(QueueJSON.json(report)["terms"] == .null)
    }
}
