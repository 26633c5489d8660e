import C8Flow
import C8Postgres
import C8Queue
import PostgresServer
import Synchronization
import Testing

@testable import C8Store

/// A queue that several machines share: lost answers, poolers, a database that goes away, tables of an older version.
@Suite(
    .enabled(if: TestDatabase.isPossible, Comment(rawValue: PostgresServer.hint)), .timeLimit(.minutes(2)))
struct PostgresJobQueueTests {
    private typealias Fixture = JobQueueFixture

    private func queue(_ settings: PostgresSettings) async throws -> PostgresJobQueue {
        PostgresJobQueue(try await PostgresState.open(settings))
    }

    @Test func whatWasDoneIsDoneOnceAlthoughAnswersAreLost() async throws {
        let server = try PostgresServer.shared()
        let proxy = try CuttingProxy(to: server.port)
        let database = try await server.makeDatabase()
        let mine = try await queue(PostgresSettings(server.url(database, port: proxy.port)))
        let (now, worker) = (Fixture.now, Fixture.worker())
        func cutting<Value>(_ body: () async throws -> Value) async throws -> Value {
            let before = proxy.cuts
            proxy.cutNextAnswer()
            let value = try await body()
            #expect(proxy.cuts == before + 1)
            return value
        }
        for id in ["a", "b", "c"] {
            let request = try Fixture.request(id)
            #expect(try await cutting { try await mine.submit(request, at: now) } == .added)
            #expect(try await mine.submit(request, at: now) == .present(.waiting))
        }
        let jobs = try await cutting { try await mine.claim(JobWish(most: 2), as: worker, at: now) }
        #expect(jobs.map(\.claim.id.text) == ["a", "b"] && jobs.map(\.attempt) == [1, 1])
        #expect(jobs.allSatisfy { $0.request.script.source == Array("return 1".utf8) })
        #expect(try await mine.counts() == [.waiting: 1, .running: 2], "none was taken twice")
        let claims = jobs.map(\.claim)
        #expect(try await cutting { try await mine.beat(claims, lease: 30, as: worker, at: now) } == JobBeat())
        try await cutting { try await mine.noteWrite(claims[0], at: now) }
        let ends = [(claims[0], JobEnd(exitCode: 0, result: "1")), (claims[1], JobEnd(exitCode: 143, isDrained: true))]
        #expect(try await cutting { try await mine.end(ends, at: now) }.isEmpty)
        #expect(try await mine.counts() == [.waiting: 2, .done: 1])
        #expect(try await mine.show(claims[0].id)?.attempts.count == 1)
        let again = try await mine.claim(JobWish(most: 1), as: worker, at: now)
        #expect(try await mine.end([(again[0].claim, JobEnd(exitCode: 1))], at: now).isEmpty)
        let failed = again[0].claim.id
        try await cutting { try await mine.retry(failed, evenIfWritten: false, at: now) }
        #expect(try await cutting { try await mine.cancel(failed, at: now) } == .cancelled)
        var schedule = JobSchedule(
            request: try Fixture.request("s"), expression: "@daily", zone: "UTC", nextAt: (now / 60).rounded(.down) * 60
        )
        #expect(try await cutting { try await mine.schedule(schedule, at: now) } == .added)
        let fired = try await cutting { try await mine.fire(at: now) { _, time in time + 86400 } }
        schedule = try #require(try await mine.schedules().first)
        #expect(schedule.count == 1 && fired.count <= 1)
        #expect(try await mine.list(JobFilter()).filter { $0.schedule != nil }.count == 1)
    }

    @Test(.enabled(if: PgBouncer.isPossible, Comment(rawValue: PgBouncer.hint)))
    func aPoolerMayStandBetween() async throws {
        let server = try PostgresServer.shared()
        let pooler = try PgBouncer(server, connections: 2)
        let settings = PostgresSettings(server.url(try await server.makeDatabase(), port: pooler.port))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                let queue = try await queue(settings)
                group.addTask {
                    for round in 0..<4 {
                        let request = try Fixture.request("\(number) \(round)") { $0.tag = "\(number)" }
                        #expect(try await queue.submit(request, at: Fixture.now) == .added)
                        let wish = JobWish(tags: ["\(number)"])
                        let jobs = try await queue.claim(wish, as: Fixture.worker(Int32(number)), at: Fixture.now)
                        #expect(jobs.map(\.request) == [request])
                        #expect(
                            try await queue.end(jobs.map { ($0.claim, JobEnd(exitCode: 0)) }, at: Fixture.now).isEmpty)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// What a claim took whose answer never came is begun by the next one, not counted as an attempt that failed.
    @Test func theNextClaimBeginsWithWhatAnUnansweredOneTook() async throws {
        let settings = try await TestDatabase.make()
        let (mine, theirs) = (try await queue(settings), try await queue(settings))
        for id in ["a", "b"] { _ = try await mine.submit(Fixture.request(id), at: Fixture.now) }
        let lost = try #require(
            try await mine.claim(JobWish(most: 1, lease: 0.01), as: Fixture.worker(), at: Fixture.now).first)
        let name = try await PostgresConnection(settings).perform { session, _ in
            try session.execute("SELECT claim FROM c8run.job WHERE id = 'a'").first?.text("claim")
        }
        mine.unanswered.withLock { $0 = name }
        let found = try await mine.claim(JobWish(most: 2), as: Fixture.worker(), at: Fixture.now)
        #expect(found.map(\.claim) == [lost.claim] && found.map(\.attempt) == [1])
        #expect(try #require(try await theirs.show(lost.claim.id)?.record.lease) > 20, "its lease begins anew")
        #expect(mine.unanswered.withLock { $0 } == nil)
        #expect(
            try await mine.claim(JobWish(most: 2), as: Fixture.worker(), at: Fixture.now).map(\.claim.id.text) == ["b"])
        // Somebody else was faster.
        mine.unanswered.withLock { $0 = name }
        _ = try await mine.beat([lost.claim], lease: 0, as: Fixture.worker(), at: Fixture.now)
        #expect(try await theirs.claim(JobWish(), as: Fixture.worker(2), at: Fixture.now).map(\.attempt) == [2])
        #expect(try await mine.claim(JobWish(most: 2), as: Fixture.worker(), at: Fixture.now).isEmpty)
    }

    @Test func aBeatProlongsTheLease() async throws {
        let settings = try await TestDatabase.make()
        let (mine, theirs) = (try await queue(settings), try await queue(settings))
        _ = try await mine.submit(Fixture.request("a"), at: Fixture.now)
        let wish = JobWish(lease: 0.05)
        let claim = try #require(try await mine.claim(wish, as: Fixture.worker(), at: Fixture.now).first).claim
        // It is over, and yet nobody has taken the job: its worker goes on.
        while try await (theirs.show(claim.id)?.record.lease ?? 0) > 0 {}
        #expect(try await mine.beat([claim], lease: 30, as: Fixture.worker(), at: Fixture.now) == JobBeat())
        #expect(try #require(try await theirs.show(claim.id)?.record.lease) > 20)
        #expect(try await theirs.claim(JobWish(), as: Fixture.worker(2), at: Fixture.now).isEmpty)
        #expect(try await mine.beat([claim], lease: 0, as: Fixture.worker(), at: Fixture.now) == JobBeat())
        #expect(try await theirs.claim(JobWish(), as: Fixture.worker(2), at: Fixture.now).map(\.attempt) == [2])
    }

    @Test func aDatabaseThatIsAwayIsToldAsThat() async throws {
        let server = try PostgresServer()
        let mine = try await queue(PostgresSettings(server.url(try await server.makeDatabase())))
        _ = try await mine.submit(Fixture.request("a"), at: Fixture.now)
        let claim = try #require(try await mine.claim(JobWish(), as: Fixture.worker(), at: Fixture.now).first).claim
        server.stop()
        let error = await #expect(throws: JobQueueError.self) { try await mine.noteWrite(claim, at: Fixture.now) }
        guard case .unreachable(let text)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(text.contains("see that the server runs"))
        try server.start()
        #expect(try await mine.end([(claim, JobEnd(exitCode: 0))], at: Fixture.now).isEmpty, "it connects anew")
    }

    @Test func tablesWithFlowsInThemGetAQueue() async throws {
        let settings = try await TestDatabase.make()
        let connection = PostgresConnection(settings)
        let first = try await connection.perform { session, _ in try PostgresSchema.migrate(session, to: 1) }
        #expect(first == (0, 1))
        try await connection.perform { session, _ in
            try session.execute(
                """
                INSERT INTO c8run.flow (id, script, script_hash, state, fence, owner_host, owner_process, claimed_at,
                    created_at, updated_at, revision) VALUES ('PO-1', 'a.lua', 'ab', 'running', 1, 'h', 1, 1, 1, 1, 1)
                """)
            return
        }
        let error = await #expect(throws: PostgresError.self) { try await PostgresState.open(settings) }
        #expect(error?.kind == .olderSchema && error?.remedy == "run: c8run state migrate")
        let old = try await PostgresState.status(settings)
        #expect(old.version == 1 && old.flows == 1 && old.jobs == nil)
        #expect(try await PostgresState.migrate(settings) == (1, PostgresSchema.newest))
        let mine = try await queue(settings)
        _ = try await mine.submit(Fixture.request("a"), at: Fixture.now)
        let status = try await PostgresState.status(settings)
        #expect(status.flows == 1 && status.jobs == [.waiting: 1])
    }

    /// Statements as the functions have them, and those of operators: what has ended costs a claim nothing, and nobody looks at
    /// all of it.
    @Test(arguments: [
        (
            "SELECT number FROM c8run.job WHERE state = 'waiting' AND tag = '' AND not_before <= 9e9 "
                + "ORDER BY priority DESC, not_before, number LIMIT 8 FOR UPDATE SKIP LOCKED", "job_waiting"
        ),
        ("SELECT number FROM c8run.job WHERE state = 'running' AND lease_until <= 9e9", "job_running"),
        (PostgresJobQueue.counting, "job_ended"), (PostgresJobQueue.listing([.done, .dead]), "job_ended"),
        (PostgresJobQueue.pruning, "job_ended"),
    ])
    func aHundredThousandFinishedJobsAreNotLookedAt(_ statement: String, _ index: String) async throws {
        let settings = try await TestDatabase.make()
        _ = try await queue(settings)
        let plan = try await PostgresConnection(settings).perform { session, _ in
            try session.execute("INSERT INTO c8run.job_script VALUES ('h', '', '')")
            try session.execute(
                """
                INSERT INTO c8run.job (id, state, script_name, script_hash, arguments, terms, tag, priority, submitter,
                    most_attempts, submitted_at, changed_at, not_before, ended_at, input)
                SELECT n, 'done', 's', 'h', '[]', '{}', '', 0, '', 5, n, n, n, n, repeat('x', 300) FROM generate_series(1, 100000) AS n
                """)
            try session.execute("VACUUM ANALYZE c8run.job")
            var parameters: [(any PostgresParameter)?] = []
            if statement == PostgresJobQueue.pruning { parameters = [PostgresArray(["done"]), 100.0] }
            if statement == PostgresJobQueue.listing([.done, .dead]) { parameters = [nil, 100] }
            return try session.execute("EXPLAIN (ANALYZE, BUFFERS) \(statement)", parameters).all.compactMap {
                $0.text("QUERY PLAN")
            }
        }
        #expect(plan.contains { $0.contains(index) }, "\(plan.joined(separator: "\n"))")
        #expect(!plan.contains { $0.contains("Seq Scan") }, "\(plan.joined(separator: "\n"))")
    }
}
