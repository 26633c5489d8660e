import C8Flow
import C8Postgres
import PostgresServer
import Testing

@testable import C8Store

/// Flows that several machines share: leases, fences, and a database that goes away.
@Suite(
    .enabled(if: TestDatabase.isPossible, Comment(rawValue: PostgresServer.hint)), .timeLimit(.minutes(2)))
struct PostgresFlowJournalTests {
    private typealias Fixture = FlowJournalFixture

    private let id: FlowID
    private let key: StepKey
    private let begin = StepEntry.begin(position: 0, attempt: 1, wakeAt: nil, at: 101)
    private let write = StepEntry.writes(change: 1, operation: "orders.create")

    init() throws {
        id = try FlowID("PO-1")
        key = try StepKey(text: "a")
    }

    private func journal(_ settings: PostgresSettings, lease: Double = 30) async throws -> PostgresFlowJournal {
        PostgresFlowJournal(try await PostgresState.open(settings), lease: lease)
    }

    /// Ends the lease of all flows, as time would while their owners are paused.
    private func endLeases(_ settings: PostgresSettings) async throws {
        try await PostgresConnection(settings).perform { session, _ in
            try session.execute("UPDATE c8run.flow SET lease_until = clock_timestamp() - interval '1 s'")
            return
        }
    }

    /// When the lease of the only flow ends, in seconds of the server's clock.
    private func leaseEnd(_ settings: PostgresSettings) async throws -> Double? {
        try await PostgresConnection(settings).perform { session, _ in
            try session.execute("SELECT extract(epoch FROM lease_until)::float8 AS lease_end FROM c8run.flow").first?
                .number("lease_end")
        }
    }

    /// Whether a statement comes true within a time that is long for any machine.
    private func isTrueInTime(_ statement: () async throws -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            if try await statement() { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }

    @Test func aFlowIsHeldOnAllMachinesAndTheOwnerIsTold() async throws {
        let settings = try await TestDatabase.make()
        let (mine, theirs) = (try await journal(settings), try await journal(settings))
        _ = try await Fixture.claim(mine, id)
        let held = FlowJournalError.held(id, by: FlowOwner(host: "line-3", process: 1), since: 100)
        await #expect(throws: held) { try await theirs.claim(Fixture.request(id, process: 2), at: 105) }
        await #expect(throws: held) {
            try await theirs.resolve(id, key, as: .retry, by: "wang", at: 105)
        }
        await #expect(throws: held) { try await theirs.forget(id) }
        let summary = try #require(try await theirs.list(FlowFilter()).first)
        #expect(summary.isHeld && summary.flow.owner.host == "line-3")
        #expect(try #require(summary.lease) > 20 && (summary.lease ?? 0) <= 30)
        #expect(try #require(try await theirs.show(id)?.lease) > 20)
    }

    @Test("Who was paused for longer than the lease writes nothing once another has taken the flow over")
    func aPausedOwner() async throws {
        let settings = try await TestDatabase.make()
        let (mine, theirs) = (try await journal(settings), try await journal(settings))
        let old = try await Fixture.claim(mine, id).claim
        try await mine.write(begin, of: key, under: old, at: 101)
        try await mine.write(write, of: key, under: old, at: 102)
        try await endLeases(settings)
        #expect(try await theirs.list(FlowFilter()).map(\.isHeld) == [false])
        let (new, steps) = try await Fixture.claim(theirs, id, process: 2, at: 200)
        #expect(new.fence == 2 && steps.map(\.writes) == [1] && steps.first?.isOpen == true)
        let lost = FlowJournalError.lostOwnership(id)
        for entry in [.end(result: "1", at: 300), .writes(change: -1, operation: nil)] as [StepEntry] {
            await #expect(throws: lost) { try await mine.write(entry, of: key, under: old, at: 300) }
        }
        await #expect(throws: lost) {
            try await mine.keep(checkpoint: "{}", "a", isLight: true, under: old, at: 300)
        }
        await #expect(throws: lost) { try await mine.end(old, with: .finished(result: "1"), at: 300) }
        await mine.release(old)
        let report = try #require(try await theirs.show(id))
        #expect(report.isHeld && report.flow.owner.process == 2 && report.steps.map(\.writes) == [1])
        try await theirs.write(.end(result: "2", at: 301), of: key, under: new, at: 301)
    }

    /// By its own clock the lease may have ended: the database has the last word before a write leaves.
    @Test func whoWasPausedAsksBeforeAWriteLeaves() async throws {
        let settings = try await TestDatabase.make()
        let (mine, theirs) = (try await journal(settings), try await journal(settings))
        let claim = try await Fixture.claim(mine, id).claim
        func pause() {
            mine.claims.remove(claim)
            _ = mine.claims.add(claim, safeUntil: .now)
        }
        try await endLeases(settings)
        try await mine.confirm(claim)
        #expect(try await theirs.show(id)?.isHeld == false, "nobody is asked while the lease is sure")
        pause()
        try await mine.confirm(claim)
        #expect(try await theirs.show(id)?.isHeld == true, "it was prolonged")
        pause()
        try await endLeases(settings)
        _ = try await Fixture.claim(theirs, id, process: 2, at: 200)
        for _ in 0..<2 {
            await #expect(throws: FlowJournalError.lostOwnership(id)) { try await mine.confirm(claim) }
        }
    }

    @Test func whoWasPausedAndHasNotBeenFollowedGoesOn() async throws {
        let settings = try await TestDatabase.make()
        let mine = try await journal(settings)
        let claim = try await Fixture.claim(mine, id).claim
        try await endLeases(settings)
        try await mine.write(begin, of: key, under: claim, at: 101)
        #expect(try await mine.show(id)?.isHeld == true)
    }

    @Test func anOperatorElsewhereSettlesAStepAndTheOldOwnerIsOut() async throws {
        let settings = try await TestDatabase.make()
        let (mine, theirs) = (try await journal(settings), try await journal(settings))
        let old = try await Fixture.claim(mine, id).claim
        try await mine.write(begin, of: key, under: old, at: 101)
        try await mine.write(write, of: key, under: old, at: 102)
        try await endLeases(settings)
        try await theirs.resolve(id, key, as: .done("7"), by: "wang", at: 200)
        await #expect(throws: FlowJournalError.lostOwnership(id)) {
            try await mine.write(.end(result: "8", at: 201), of: key, under: old, at: 201)
        }
        #expect(try await Fixture.claim(mine, id, at: 300).steps.map(\.result) == ["7"])
    }

    @Test func aLeaseIsProlongedWhileItsOwnerLives() async throws {
        let settings = try await TestDatabase.make()
        let lease = 1.5
        var mine: PostgresFlowJournal? = try await journal(settings, lease: lease)
        let theirs = try await journal(settings)
        _ = try await Fixture.claim(try #require(mine), id)
        // On a busy machine it may end now and then before it is prolonged, as nobody else is after it: what is looked at is
        // its end, which moves on. The clock that counts is the server's.
        let first = try #require(try await leaseEnd(settings))
        #expect(
            try await isTrueInTime {
                try await self.leaseEnd(settings).map { $0 > first + lease } ?? false
            }, "an owner that lives keeps it")
        mine = nil
        #expect(
            try await isTrueInTime { try await theirs.show(id)?.isHeld == false }, "an owner that is gone loses it")
    }

    @Test func ofManyMachinesOneGetsTheFlow() async throws {
        let settings = try await TestDatabase.make()
        var journals: [PostgresFlowJournal] = []
        for _ in 0..<6 { journals.append(try await journal(settings)) }
        for round in 1...5 {
            let claims = await withTaskGroup(of: FlowClaim?.self) { group in
                for (number, journal) in journals.enumerated() {
                    group.addTask {
                        try? await Fixture.claim(journal, id, process: Int32(number)).claim
                    }
                }
                return await group.reduce(into: []) { claims, claim in claims += claim.map { [$0] } ?? [] }
            }
            #expect(claims.map(\.fence) == [Int64(round)])
            for (journal, claim) in journals.flatMap({ journal in claims.map { (journal, $0) } }) {
                await journal.release(claim)
            }
        }
    }

    /// Lost answers change nothing: each entry counts once.
    @Test func entriesWhoseAnswersAreLostCountOnce() async throws {
        let server = try PostgresServer.shared()
        let proxy = try CuttingProxy(to: server.port)
        let database = try await server.makeDatabase()
        let mine = try await journal(PostgresSettings(server.url(database, port: proxy.port)))
        proxy.cutNextAnswer()
        let claim = try await Fixture.claim(mine, id).claim
        #expect(proxy.cuts == 1)
        let entries: [StepEntry] = [begin, write, write, .writes(change: -1, operation: nil), .end(result: "1", at: 9)]
        for entry in entries {
            proxy.cutNextAnswer()
            try await mine.write(entry, of: key, under: claim, at: 102)
        }
        proxy.cutNextAnswer()
        try await mine.keep(checkpoint: "{}", "a", isLight: false, under: claim, at: 102)
        #expect(proxy.cuts == 7)
        let step = try #require(try await mine.show(id)?.steps.first)
        #expect(step.writes == 1 && step.state == .done)
        proxy.cutNextAnswer()
        try await mine.end(claim, with: .finished(result: "1"), at: 103)
        #expect(try await mine.show(id)?.flow.state == .finished)
    }

    @Test(.enabled(if: PgBouncer.isPossible, Comment(rawValue: PgBouncer.hint)))
    func aPoolerMayStandBetween() async throws {
        let server = try PostgresServer.shared()
        let pooler = try PgBouncer(server, connections: 2)
        let settings = PostgresSettings(server.url(try await server.makeDatabase(), port: pooler.port))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                let journal = try await journal(settings)
                group.addTask { [key, begin, write] in
                    for round in 0..<5 {
                        let id = try FlowID("\(number)-\(round)")
                        let claim = try await Fixture.claim(journal, id).claim
                        try await journal.write(begin, of: key, under: claim, at: 101)
                        try await journal.write(write, of: key, under: claim, at: 101)
                        try await journal.write(.end(result: "1", at: 102), of: key, under: claim, at: 102)
                        try await journal.end(claim, with: .finished(result: "1"), at: 103)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await journal(settings).list(FlowFilter(states: [.finished])).count == 30)
    }

    @Test func withoutTheDatabaseNoWriteBegins() async throws {
        let server = try PostgresServer()
        let settings = PostgresSettings(server.url("postgres"))
        let mine = try await journal(settings)
        let claim = try await Fixture.claim(mine, id).claim
        try await mine.write(begin, of: key, under: claim, at: 101)
        server.stop()
        let error = try await #require(
            #expect(throws: FlowJournalError.self) { try await mine.write(write, of: key, under: claim, at: 102) })
        guard case .unreachable(let text) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(text.contains("127.0.0.1:\(server.port)"))
        // What took place is told once it is back, though that takes a while.
        async let ended: Void = mine.write(.failure(error: "e", traceID: nil), of: key, under: claim, at: 103)
        try server.start()
        try await ended
        let step = try #require(try await mine.show(id)?.steps.first)
        #expect(step.writes == 0 && step.error == "e")
    }
}
