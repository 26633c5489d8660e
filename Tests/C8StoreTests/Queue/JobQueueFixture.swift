import C8Postgres
import C8Queue
import Foundation
import GRDB
import PostgresServer

@testable import C8Store

/// A queue of that kind, for as long as this is used.
struct JobQueueFixture: Sendable {
    let kind: JobQueueKind
    let folder: TemporaryFolder
    /// Of the database; nil for a file.
    let settings: PostgresSettings?

    init(_ kind: JobQueueKind) async throws {
        self.kind = kind
        folder = try TemporaryFolder()
        settings = kind == .database ? try await TestDatabase.make() : nil
    }

    /// As another process, or another machine, has it.
    func open() async throws -> any JobQueue {
        if let settings { return PostgresJobQueue(try await PostgresState.open(settings)) }
        return SQLiteJobQueue(try await StateStore.open(folder: folder.path))
    }

    /// Ends the leases, as time would where the workers are gone. On one machine their locks have ended with them.
    func endLeases() async throws {
        if kind == .database { try await run("UPDATE job SET lease_until = 1 WHERE state = 'running'") }
    }

    /// Lets the time come for which jobs wait.
    func makeDue() async throws { try await run("UPDATE job SET not_before = 1") }

    /// Changes the tables behind the queue's back.
    func run(_ statement: String) async throws {
        if let settings {
            try await PostgresConnection(settings).perform { session, _ in
                try session.transaction {
                    try session.execute("SET LOCAL search_path = c8run")
                    try session.execute("SET LOCAL session_replication_role = replica")
                    try session.execute(statement)
                    return
                }
            }
            return
        }
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(5)
        try await DatabaseQueue(path: folder.path + "/" + StateStore.fileName, configuration: configuration)
            .write { try $0.execute(sql: statement) }
    }

    /// A store that machines share goes by its own clock: so do the tests.
    static var now: Double { Date().timeIntervalSince1970 }

    static func worker(_ number: Int32 = 1) -> WorkerIdentity { WorkerIdentity(host: "line-3", process: number) }

    static func request(_ id: String, _ source: String = "return 1", _ change: (inout JobRequest) -> Void = { _ in })
        throws
        -> JobRequest
    {
        let script = JobScript(name: "daily.lua", source: Array(source.utf8), hash: "hash of \(source)")
        var request = JobRequest(id: try JobID(id), script: script, submitter: "wang@line-3")
        change(&request)
        return request
    }
}
