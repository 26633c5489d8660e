import C8Flow
import GRDB
import Glibc
import Synchronization
import Testing

@testable import C8Store

/// What the journal on the disk does beyond the protocol.
@Suite(.timeLimit(.minutes(2))) struct FlowJournalFileTests {
    private typealias Fixture = FlowJournalFixture

    private let folder: TemporaryFolder
    private let state: StateStore
    private let journal: SQLiteFlowJournal
    private let id: FlowID

    init() async throws {
        folder = try TemporaryFolder()
        state = try await StateStore.open(folder: folder.path)
        journal = SQLiteFlowJournal(state)
        id = try FlowID("PO-1")
    }

    /// As another process sees it.
    private func another() async throws -> SQLiteFlowJournal {
        SQLiteFlowJournal(try await StateStore.open(folder: folder.path))
    }

    private func key(_ text: String) throws -> StepKey { try StepKey(text: text) }

    private static let begin = StepEntry.begin(position: 0, attempt: 1, wakeAt: nil, at: 101)

    private func synchronous() async throws -> Int? {
        try await state.database.read { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
    }

    @Test func commitsAreFullButThoseThatMayBeLostInAPowerCut() async throws {
        let light = try await journal.keepLightly { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        #expect(light == 1, "NORMAL")
        #expect(try await synchronous() == 2, "FULL")
        let full = try await journal.keep { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        #expect(full == 2)
    }

    @Test func aCommitThatFailsLeavesTheLevelFull() async throws {
        struct Failure: Error {}
        await #expect(throws: Failure.self) { try await journal.keepLightly { _ in throw Failure() } as Int }
        #expect(try await synchronous() == 2)
        await #expect(throws: FlowJournalError.self) {
            try await journal.keepLightly { try $0.execute(sql: "INSERT INTO token (key) VALUES (1)") }
        }
        #expect(try await synchronous() == 2)
    }

    @Test(
        "The beginning of a step is committed lightly, all else onto the disk",
        arguments: [
            (StepEntry.begin(position: 0, attempt: 1, wakeAt: nil, at: 1), true),
            (.writes(change: 1, operation: "o"), false), (.end(result: "1", at: 1), false),
            (.doubt(error: "e", operation: nil, traceID: nil), false), (.failure(error: "e", traceID: nil), false),
        ])
    func levelOfEachEntry(entry: StepEntry, isLight: Bool) async throws {
        final class Statements: Sendable {
            let list = Mutex<[String]>([])
        }
        let claim = try await Fixture.claim(journal, id).claim
        try await journal.write(Self.begin, of: key("a"), under: claim, at: 101)
        for isInPlace in [false, true] {
            let statements = Statements()
            try await state.database.writeWithoutTransaction { database in
                database.trace { event in statements.list.withLock { $0.append("\(event)") } }
            }
            if isInPlace {
                #expect(try journal.writeInPlace(entry, of: key("a"), under: claim, at: 102))
            } else {
                try await journal.write(entry, of: key("a"), under: claim, at: 102)
            }
            try await state.database.writeWithoutTransaction { $0.trace(options: []) }
            let seen = statements.list.withLock { $0 }
            #expect(seen.contains { $0.hasPrefix("BEGIN IMMEDIATE") } && seen.contains { $0.hasPrefix("COMMIT") })
            let pragmas = seen.filter { $0.contains("synchronous =") }
            #expect(pragmas == (isLight ? ["PRAGMA synchronous = NORMAL", "PRAGMA synchronous = FULL"] : []))
            #expect(try await synchronous() == 2)
        }
    }

    @Test func whoHasLostTheFlowWritesNothingInPlaceEither() async throws {
        let claim = try await Fixture.claim(journal, id).claim
        #expect(try journal.writeInPlace(Self.begin, of: key("a"), under: claim, at: 101))
        #expect(unlink(folder.path + "/" + FlowLocks.fileName) == 0)
        let other = try await another()
        _ = try await Fixture.claim(other, id, process: 2)
        for entry in [StepEntry.end(result: "1", at: 1), Self.begin] {
            #expect(throws: FlowJournalError.lostOwnership(id)) {
                try journal.writeInPlace(entry, of: key("a"), under: claim, at: 102)
            }
        }
        #expect(try await other.show(id)?.steps.map(\.state) == [.started])
    }

    /// The script's thread is not for that.
    @Test func nobodyIsWaitedForInPlace() async throws {
        let claim = try await Fixture.claim(journal, id).claim
        let other = try await StateStore.open(folder: folder.path)
        try await other.database.writeWithoutTransaction { [journal] database in
            try database.inTransaction(.immediate) {
                let began = ContinuousClock.now
                for entry in [Self.begin, .failure(error: "e", traceID: nil)] {
                    let isKept = try journal.writeInPlace(entry, of: StepKey(text: "a"), under: claim, at: 101)
                    #expect(!isKept)
                }
                #expect(ContinuousClock.now - began < .seconds(4), "less than others wait for a lock")
                return .rollback
            }
        }
        #expect(try await journal.show(id)?.steps.isEmpty == true)
        #expect(try journal.writeInPlace(Self.begin, of: key("a"), under: claim, at: 102))
        #expect(try await journal.show(id)?.steps.count == 1)
        #expect(try await synchronous() == 2)
    }

    @Test func textsAreKeptAsTheyAre() async throws {
        let claim = try await Fixture.claim(journal, id).claim
        let texts = ["", "批次 \u{1F4E6}", String(repeating: "x", count: 100_000)]
        for (position, text) in texts.enumerated() {
            let key = try key("s\(position)")
            let begin = StepEntry.begin(position: position, attempt: 1, wakeAt: nil, at: 101)
            #expect(try journal.writeInPlace(begin, of: key, under: claim, at: 101))
            #expect(try journal.writeInPlace(.failure(error: text, traceID: text), of: key, under: claim, at: 102))
        }
        let steps = try #require(try await journal.show(id)).steps
        #expect(steps.map(\.error) == texts && steps.map(\.traceID) == texts)
    }

    @Test func anotherProcessIsKeptOutUntilTheFirstHasGone() async throws {
        let other = try await another()
        let second = try FlowID("PO-2")
        do {
            let owner = try await another()
            _ = try await Fixture.claim(owner, id, process: 7)
            let held = FlowJournalError.held(id, by: FlowOwner(host: "line-3", process: 7), since: 100)
            await #expect(throws: held) { try await other.claim(Fixture.request(id), at: 101) }
            await #expect(throws: held) { try await other.forget(id) }
            #expect(try await other.show(id)?.isHeld == true)
            // Another flow is nobody's business.
            await other.release(try await Fixture.claim(other, second).claim)
            withExtendedLifetime(owner) {}
        }
        #expect(try await other.list(FlowFilter()).map(\.isHeld) == [false, false])
        #expect(try await Fixture.claim(other, id).claim.fence == 2)
    }

    @Test func ofManyProcessesOneGetsTheFlow() async throws {
        var made: [SQLiteFlowJournal] = []
        for _ in 0..<4 { made.append(try await another()) }
        let others = made
        for round in 1...10 {
            let claims = try await withThrowingTaskGroup(of: (Int, FlowClaim)?.self) { group in
                for number in 0..<16 {
                    group.addTask { [id] in
                        do {
                            let journal = others[number % 4]
                            return (number % 4, try await Fixture.claim(journal, id, process: Int32(number)).claim)
                        } catch FlowJournalError.held(id, _, _) {
                            return nil
                        }
                    }
                }
                return try await group.reduce(into: []) { claims, claim in claims += claim.map { [$0] } ?? [] }
            }
            #expect(claims.map(\.1.fence) == [Int64(round)])
            for (number, claim) in claims { await others[number].release(claim) }
        }
    }

    /// Should the locks ever fail, as on a network's file system, or with a file that somebody removed.
    @Test func whoHasLostTheFlowUnawaresCannotWrite() async throws {
        let stale = try await Fixture.claim(journal, id).claim
        try await journal.write(Self.begin, of: key("a"), under: stale, at: 101)
        #expect(unlink(folder.path + "/" + FlowLocks.fileName) == 0)
        let other = try await another()
        let (claim, steps) = try await Fixture.claim(other, id, process: 2)
        #expect(claim.fence == 2 && steps.count == 1)
        for entry in [StepEntry.writes(change: 1, operation: "o"), .end(result: "1", at: 1), Self.begin] {
            await #expect(throws: FlowJournalError.lostOwnership(id)) {
                try await journal.write(entry, of: key("a"), under: stale, at: 102)
            }
        }
        await #expect(throws: FlowJournalError.lostOwnership(id)) {
            try await journal.end(stale, with: .finished(result: "1"), at: 102)
        }
        #expect(try await other.show(id)?.steps == steps)
        #expect(try await other.show(id)?.flow.updatedAt == 100)
    }

    @Test func aStateThatWasReplacedIsNotTakenForOneWithoutFlows() async throws {
        let claim = try await Fixture.claim(journal, id).claim
        await journal.release(claim)
        try await journal.forget(id)
        // That no flow is left is no loss.
        await journal.release(try await Fixture.claim(journal, id).claim)
        try state.database.close()
        try folder.write("state.sqlite3", Array(repeating: 0, count: 8192))
        let other = try await another()
        #expect(try await other.list(FlowFilter()).isEmpty)
        for _ in 0..<2 {
            let error = try await #require(
                #expect(throws: FlowJournalError.self) { try await other.claim(Fixture.request(id), at: 1) })
            #expect("\(error)".contains("the state was replaced") && "\(error)".contains("/flows.lock"), "\(error)")
        }
        #expect(unlink(folder.path + "/flows.lock") == 0)
        #expect(try await Fixture.claim(other, id).claim.fence == 1)
    }

    @Test func theLockFileIsItsOwnersAndSaysNothing() async throws {
        _ = try await Fixture.claim(journal, id)
        let file = folder.path + "/flows.lock"
        #expect(try TemporaryFolder.mode(of: file) == 0o600)
        #expect(try TemporaryFolder.bytes(of: file) == [0])
        #expect(unlink(file) == 0 && symlink("/dev/null", file) == 0)
        let error = try await #require(
            #expect(throws: FlowJournalError.self) { try await journal.claim(Fixture.request(FlowID("b")), at: 1) })
        #expect("\(error)".contains(file), "a link is not followed")
    }

    @Test func eachFlowHasAByteOfItsOwnThatNeverChanges() throws {
        #expect(ByteLocks.offset(of: id.text) == ByteLocks.offset(of: "PO-1"))
        #expect(ByteLocks.offset(of: "a") == ByteLocks.offset(of: "a"))
        let offsets = Set((0..<10_000).map { ByteLocks.offset(of: "PO-2026-\($0)") })
        #expect(offsets.count == 10_000)
        #expect(offsets.allSatisfy { $0 >= 0 && $0 < Int.max })
    }

    @Test func tenThousandFinishedStepsAreLoadedFast() async throws {
        let claim = try await Fixture.claim(journal, id).claim
        try await journal.keep { database in
            try database.execute(
                sql: """
                    WITH RECURSIVE count (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM count WHERE n < 9999)
                    INSERT INTO step (flow, key, parent, position, state, writes, attempt, started_at, ended_at, result)
                    SELECT ?, iif(n = 0, 'batch', 'batch#' || (n + 1)), '', n, 'done', 1, 1, 1, 2, ? FROM count
                    """, arguments: [claim.number, #"{"accepted":1000,"rejected":[]}"#])
        }
        await journal.release(claim)
        let start = ContinuousClock.now
        let found = try await Fixture.claim(journal, id).steps
        var steps = try FlowSteps(id, found)
        for _ in 0..<10_000 { _ = try steps.call("batch", at: 300) }
        try steps.end()
        #expect(steps.count == 10_000)
        // A tenth of a second in release; here beside other tests, and without optimisation.
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test(
        "A row that makes no sense is named, and can be removed",
        arguments: [
            ("step SET result = '{oops'", #"at step "a/b": its result is no JSON text"#),
            ("step SET result = NULL", #"at step "a/b": its result makes no sense"#),
            ("step SET state = 'gone'", #"at step "a/b": its state makes no sense"#),
            ("step SET key = 'a//b'", #"at step "a//b": the step name "" must not be empty"#),
            ("step SET resolved = 'done'", #"at step "a/b": its resolved_by makes no sense"#),
            ("flow SET input = '1 2'", "is damaged: its input is no JSON text"),
            ("flow SET state = 'finished'", "is damaged: its result makes no sense"),
            ("flow SET state = 'x'", "is damaged: its state makes no sense"),
            ("flow SET owner_process = 99999999999", "is damaged: its owner_process makes no sense"),
        ])
    func damage(change: String, problem: String) async throws {
        let claim = try await Fixture.claim(journal, id, input: "1").claim
        for name in ["a", "a/b"] { try await journal.write(Self.begin, of: key(name), under: claim, at: 101) }
        try await journal.write(.end(result: "{}", at: 1), of: key("a/b"), under: claim, at: 102)
        await journal.release(claim)
        try await state.database.write { database in
            let row = change.hasPrefix("step") ? "key = 'a/b'" : "true"
            try database.execute(sql: "UPDATE \(change) WHERE \(row)")
        }
        let error = try await #require(
            #expect(throws: FlowJournalError.self) { try await journal.claim(Fixture.request(id, input: "1"), at: 1) })
        #expect("\(error)".contains("flow \"PO-1\"") && "\(error)".contains(problem), "\(error)")
        await #expect(throws: error) { try await journal.show(id) }
        try await journal.forget(id)
        #expect(try await Fixture.claim(journal, id, input: "1").steps.isEmpty)
    }

    @Test func aStateOfTheFirstVersionIsMigratedWithItsToken() async throws {
        let old = try TemporaryFolder()
        let database = try DatabaseQueue(path: old.path + "/state.sqlite3")
        try StateSchema.migrator.migrate(database, upTo: "1 token")
        try await database.write { database in
            try database.execute(
                sql: "INSERT INTO token (key, generation, value, fetch_after) VALUES ('k', 3, 'secret', 160)")
        }
        try database.close()
        let state = try await StateStore.open(folder: old.path)
        _ = try await Fixture.claim(SQLiteFlowJournal(state), id)
        let values = try state.database.read { database in
            try Row.fetchOne(database, sql: "SELECT key, generation, value, fetch_after FROM token")
        }
        #expect(values == ["key": "k", "generation": 3, "value": "secret", "fetch_after": 160.0])
        #expect(!TemporaryFolder.names(in: old.path).contains { $0.contains("damaged") })
    }
}
