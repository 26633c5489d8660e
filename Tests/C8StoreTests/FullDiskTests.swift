import C8Client
import C8Flow
import GRDB
import Testing

@testable import C8Store

/// On a full disk what was done can still be written down and removed, with the room that is set aside; what is to be begun
/// cannot.
@Suite(.enabled(if: MountedFolder.isPossible, "mounts a small file system, which the superuser alone may do"))
struct FullDiskTests {
    private let mount: MountedFolder
    private let folder: String
    private let id: FlowID
    private let key: StepKey

    init() throws {
        mount = try MountedFolder(bytes: 2 << 20)
        folder = mount.path + "/state"
        id = try FlowID("f")
        key = try StepKey(text: "a")
    }

    private var hasReserve: Bool { TemporaryFolder.names(in: folder).contains("state.sqlite3.reserve") }
    private var request: FlowRequest {
        FlowRequest(id: id, script: "s", scriptHash: "h", input: nil, owner: FlowOwner(host: "h", process: 1))
    }

    /// A journal with a flow whose step has begun to write, still open.
    private func running(_ state: StateStore) async throws -> (SQLiteFlowJournal, FlowClaim) {
        let journal = SQLiteFlowJournal(state)
        guard case .claimed(let claim, _) = try await journal.claim(request, at: 1) else {
            throw FlowJournalError.unknownFlow(id)
        }
        try await journal.write(.begin(position: 0, attempt: 1, wakeAt: nil, at: 1), of: key, under: claim, at: 1)
        try await journal.write(.writes(change: 1, operation: "o"), of: key, under: claim, at: 1)
        return (journal, claim)
    }

    /// A result that no page at hand can take.
    private static let long = "\"" + String(repeating: "x", count: 40_000) + "\""

    @Test func resultOfAStepIsKeptAndNoNewOneIsBegun() async throws {
        let notices = NoticeRecorder()
        let (journal, claim) = try await running(StateStore.open(folder: folder, notice: notices.record))
        mount.fill()
        #expect(hasReserve)
        try await journal.write(.end(result: Self.long, at: 2), of: key, under: claim, at: 2)
        #expect(!hasReserve)
        #expect(notices.notices.count == 1)
        #expect(notices.notices[0].hasPrefix("the disk is full; "))

        mount.fill()
        var problem = "none"
        do {
            for number in 0..<100 {
                let key = try StepKey(text: "b\(number)")
                try await journal.write(
                    .begin(position: number + 1, attempt: 1, wakeAt: nil, at: 3), of: key, under: claim, at: 3)
                try await journal.write(.end(result: Self.long, at: 3), of: key, under: claim, at: 3)
            }
        } catch {
            problem = "\(error)"
        }
        #expect(problem.contains("the disk is full") && problem.contains("make room"), "\(problem)")

        // With room, all that was told to be kept is there, and the reserve again with the next process.
        mount.empty()
        let later = SQLiteFlowJournal(try await StateStore.open(folder: folder))
        #expect(hasReserve)
        #expect(try await later.show(id)?.steps.first?.result == Self.long)
    }

    /// Nobody has the state open: SQLite's side files have to be made first.
    @Test(arguments: ["forget", "prune", "resolve"]) func operatorPutsThingsInOrder(command: String) async throws {
        var state: StateStore? = try await StateStore.open(folder: folder)
        var (journal, claim): (SQLiteFlowJournal?, FlowClaim) = try await running(try #require(state))
        if command == "prune" {
            try await journal?.write(.end(result: "1", at: 2), of: key, under: claim, at: 2)
            try await journal?.end(claim, with: .finished(result: "1"), at: 2)
        } else {
            await journal?.release(claim)
        }
        try state?.database.close()
        (state, journal) = (nil, nil)
        mount.fill()

        let operatorJournal = SQLiteFlowJournal(try await StateStore.open(folder: folder))
        // To look takes nothing.
        #expect(try await operatorJournal.list(FlowFilter()).count == 1)
        #expect(try await operatorJournal.show(id)?.steps.count == 1)
        #expect(hasReserve)
        switch command {
        case "forget": try await operatorJournal.forget(id)
        case "prune": #expect(try await operatorJournal.prune(finishedBefore: 10) == 1)
        default: try await operatorJournal.resolve(id, key, as: .retry, by: "me", at: 5)
        }
        let left = try await operatorJournal.show(id)
        #expect(command == "resolve" ? left?.steps.first?.isOpen == false : left == nil)
        #expect(!hasReserve)
    }

    @Test func tokenIsForgottenAndNoneReserved() async throws {
        let token = TokenKey(baseURL: "https://platform.example", accessKey: "key")
        do {
            let state = try await StateStore.open(folder: folder)
            let store = SQLiteTokenStore(state)
            let fence = try #require(try await store.reserve(token, seen: nil, until: Moment(wall: 100), holder: "h:1"))
            try await store.publish(
                token, fence: fence,
                token: Token(value: Secret("a"), generation: fence, fetched: Moment(wall: 30), ttl: 60),
                fetchAfter: Moment(wall: 90), refusal: nil)
            try state.database.close()
        }
        mount.fill()
        let store = SQLiteTokenStore(try await StateStore.open(folder: folder))
        let record = try #require(try await store.read(token))
        let error = await #expect(throws: StateStoreError.self) {
            try await store.reserve(token, seen: record, until: Moment(wall: 200), holder: "h:2")
        }
        #expect(error?.kind == .full, "\(String(describing: error))")
        #expect(error?.remedy.hasPrefix("make room on the disk") == true)
        try await store.clear(token)
        #expect(try await store.read(token)?.token == nil)
        #expect(try await store.read(token)?.fetchAfter == Moment(wall: 90))
    }

    @Test func stateThatWasNeverMadeIsToldAsFull() async throws {
        mount.fill()
        let error = await #expect(throws: StateStoreError.self) { try await StateStore.open(folder: folder) }
        #expect(error?.kind == .full, "\(String(describing: error))")
        // An empty file is left of the attempt, or none.
        let again = await #expect(throws: StateStoreError.self) { try await StateStore.open(folder: folder) }
        #expect(again?.kind == .full)
        mount.empty()
        _ = try await StateStore.open(folder: folder)
    }

    @Test func readOnlyFolderShowsItsFlows() async throws {
        do {
            let state = try await StateStore.open(folder: folder)
            let (journal, claim) = try await running(state)
            await journal.release(claim)
            try state.database.close()
        }
        try mount.makeReadOnly()
        let journal = SQLiteFlowJournal(try await StateStore.open(folder: folder))
        #expect(try await journal.list(FlowFilter()).map(\.isHeld) == [false])
        var problem = ""
        do {
            try await journal.forget(id)
        } catch {
            problem = "\(error)"
        }
        #expect(problem.contains("Read-only file system"), "\(problem)")
    }
}
