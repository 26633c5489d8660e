import C8Queue
import GRDB
import Testing

@testable import C8Store

/// How the file looks for jobs among many that have ended.
@Suite struct SQLiteJobQueuePlanTests {
    @Test(arguments: [
        (SQLiteJobQueue.counting, "job_ended"), (SQLiteJobQueue.listing([.done, .failed]), "job_ended"),
        (SQLiteJobQueue.pruning([.done, .cancelled]), "job_ended"),
        (
            "SELECT number FROM job WHERE state = 'waiting' AND tag = '' AND not_before <= 9 ORDER BY priority DESC, not_before",
            "job_waiting"
        ),
        ("SELECT DISTINCT worker_key FROM job WHERE state = 'running' AND worker_key IS NOT NULL", "job_running"),
        ("SELECT min(not_before) FROM job WHERE state = 'waiting'", "job_waiting"),
    ])
    func noStatementLooksAtAllThatHasEnded(_ statement: String, _ index: String) async throws {
        let folder = try TemporaryFolder()
        let state = try await StateStore.open(folder: folder.path)
        var values: [String: (any DatabaseValueConvertible)?] = [:]
        for name in ["tag", "limit", "time"] where statement.contains(":" + name) { values[name] = 1 }
        let arguments = StatementArguments(values)
        let plan = try await state.database.read { database in
            try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + statement, arguments: arguments).map {
                $0["detail"] as String
            }
        }
        #expect(plan.contains { $0.contains(index) }, "\(plan)")
        // An index may be gone through as a whole where it has but a few; the table never.
        #expect(!plan.contains { $0 == "SCAN job" }, "\(plan)")
        if index == "job_ended" { #expect(!plan.contains { $0.contains("SCAN job USING INDEX job_ended") }, "\(plan)") }
    }
}
