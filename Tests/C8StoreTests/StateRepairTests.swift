import C8Client
import GRDB
import Glibc
import Testing

@testable import C8Store

/// What happens to a state while it is open: damage, replacement, locks, a full or read-only disk.
@Suite(.timeLimit(.minutes(1))) struct StateRepairTests {
    private let key = TokenKey(baseURL: "https://platform.example", accessKey: "key")

    /// Takes the slot and leaves a token.
    @discardableResult
    private func fill(_ store: SQLiteTokenStore, token: String) async throws -> Int64? {
        let seen = try await store.read(key)
        let fence = try await store.reserve(key, seen: seen, until: Moment(wall: 160), holder: "host:1")
        guard let fence else { return nil }
        try await store.publish(
            key, fence: fence,
            token: Token(value: Secret(token), generation: fence, fetched: Moment(wall: 100), ttl: 3600),
            fetchAfter: Moment(wall: 160), refusal: nil)
        return fence
    }

    private func filled() async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let state = try await StateStore.open(folder: folder.path)
        try await fill(SQLiteTokenStore(state), token: "a")
        try state.database.close()
        return folder
    }

    /// Overwrites the pages of the table of tokens, and leaves those that are looked at when the file is opened.
    private func damageTable(_ folder: TemporaryFolder) async throws {
        let file = folder.path + "/state.sqlite3"
        let database = try DatabaseQueue(path: file)
        let pages = try await database.read { database in
            try Int.fetchAll(
                database, sql: "SELECT rootpage FROM sqlite_master WHERE tbl_name = 'token' AND rootpage > 0")
        }
        try database.close()
        var bytes = try TemporaryFolder.bytes(of: file)
        for page in pages {
            for index in (page - 1) * 4096..<page * 4096 { bytes[index] = 0xA5 }
        }
        try folder.write("state.sqlite3", bytes)
    }

    @Test func damageFoundInUseIsMovedAsideAndTheCallGoesOn() async throws {
        let folder = try await filled()
        try await damageTable(folder)
        let recorder = NoticeRecorder()
        #expect(await StateStore.inspect(folder: folder.path).map(\.kind) == [.damaged])
        let store = SQLiteTokenStore(try await StateStore.open(folder: folder.path, notice: recorder.record))
        #expect(recorder.notices.isEmpty, "opening does not find it")
        #expect(try await store.read(key) == nil)
        #expect(recorder.notices.count == 1)
        #expect(TemporaryFolder.names(in: folder.path).contains("state.sqlite3.damaged"))
        #expect(try await fill(store, token: "b") == 1)
        #expect(try await store.read(key)?.token?.value == Secret("b"))
        #expect(await StateStore.inspect(folder: folder.path) == [])
    }

    @Test func damageFoundByManyAtOnceIsMovedAsideOnce() async throws {
        let folder = try await filled()
        try await damageTable(folder)
        let recorder = NoticeRecorder()
        var stores: [SQLiteTokenStore] = []
        for _ in 0..<4 {
            stores.append(SQLiteTokenStore(try await StateStore.open(folder: folder.path, notice: recorder.record)))
        }
        let fences = try await withThrowingTaskGroup(of: Int64?.self) { group in
            for number in 0..<16 {
                group.addTask { [key, store = stores[number % 4]] in
                    let seen = try await store.read(key)
                    guard seen == nil else { return nil }
                    return try await store.reserve(key, seen: nil, until: Moment(wall: 160), holder: "host:1")
                }
            }
            return try await group.reduce(into: []) { fences, fence in fences += fence.map { [$0] } ?? [] }
        }
        #expect(fences == [1])
        #expect(recorder.notices.count == 1)
    }

    /// Whoever has the old file open must not have a slot for himself.
    @Test func stateThatSomebodyReplacedIsOpenedAnew() async throws {
        let folder = try await filled()
        let one = SQLiteTokenStore(try await StateStore.open(folder: folder.path))
        #expect(try await one.read(key)?.token?.value == Secret("a"))
        for suffix in ["", "-wal", "-shm"] { unlink(folder.path + "/state.sqlite3" + suffix) }
        let other = SQLiteTokenStore(try await StateStore.open(folder: folder.path))
        try await fill(other, token: "b")
        #expect(try await one.read(key)?.token?.value == Secret("b"))
        let seen = try await one.read(key)
        #expect(try await one.reserve(key, seen: seen, until: Moment(wall: 300), holder: "host:1") == 2)
        #expect(try await other.read(key)?.generation == 2)
    }

    // MARK: Locks

    @Test func lockHolderThatIsStoppedIsWaitedForAndThenNamedAsTheReason() async throws {
        let folder = try TemporaryFolder()
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX) == 0)
        let recorder = NoticeRecorder()
        let error = try #require(
            await #expect(throws: StateStoreError.self) {
                try await StateStore.open(
                    folder: folder.path, patience: .milliseconds(150), tellsAfter: .milliseconds(20),
                    notice: recorder.record)
            })
        #expect(error.kind == .locked)
        #expect(error.isBusy)
        #expect(recorder.notices.count == 1)
        #expect(recorder.notices.first?.contains("waiting until") == true)
    }

    /// The lock is for making and replacing the state; where it is whole, nobody needs it.
    @Test func wholeStateIsOpenedThoughSomebodyHasTheLock() async throws {
        let folder = try await filled()
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX) == 0)
        let store = SQLiteTokenStore(try await StateStore.open(folder: folder.path, patience: .zero))
        #expect(try await store.read(key)?.token?.value == Secret("a"))
        #expect(await StateStore.inspect(folder: folder.path).map(\.kind) == [.locked])
    }

    @Test func lockedDatabaseIsABusyStore() async throws {
        let folder = try await filled()
        let store = SQLiteTokenStore(try await StateStore.open(folder: folder.path))
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.path + "/state.sqlite3", configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        #expect(try await store.read(key)?.token?.value == Secret("a"), "readers are not kept waiting")
        let opened = SQLiteTokenStore(try await StateStore.open(folder: folder.path, patience: .zero))
        #expect(try await opened.read(key)?.token?.value == Secret("a"), "nor is who opens it")
        #expect(await StateStore.inspect(folder: folder.path).map(\.kind) == [.locked])
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    }

    // MARK: Full and read-only

    @Test func fullDiskIsToldAsSuch() async throws {
        let folder = try await filled()
        let state = try await StateStore.open(folder: folder.path)
        try await state.database.writeWithoutTransaction { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        let error = await #expect(throws: StateStoreError.self) {
            for number in 0..<1000 {
                let key = TokenKey(baseURL: "https://platform.example/\(number)", accessKey: "key")
                let until = Moment(wall: 160)
                _ = try await SQLiteTokenStore(state).reserve(key, seen: nil, until: until, holder: "host:1")
            }
        }
        #expect(error?.kind == .full)
        #expect(error?.isBusy == false)
        #expect(try await SQLiteTokenStore(state).read(key)?.token?.value == Secret("a"))
    }

    /// The superuser may write anywhere, so the file is only opened as if it could not be written.
    @Test(arguments: [false, true]) func readOnlyStateIsRead(hasSideFiles: Bool) async throws {
        let folder = try await filled()
        if hasSideFiles {
            let state = try await StateStore.open(folder: folder.path)
            try await fill(SQLiteTokenStore(state), token: "b")
            #expect(TemporaryFolder.names(in: folder.path).contains("state.sqlite3-wal"))
            let connection = try StateConnection.forReading(StateFolder(folder: folder.path))
            let value = try await connection.database.read { try String.fetchOne($0, sql: "SELECT value FROM token") }
            #expect(value == "b")
            return
        }
        let connection = try StateConnection.forReading(StateFolder(folder: folder.path))
        let value = try await connection.database.read { try String.fetchOne($0, sql: "SELECT value FROM token") }
        #expect(value == "a")
        let error = await #expect(throws: DatabaseError.self) {
            try await connection.database.write { try $0.execute(sql: "DELETE FROM token") }
        }
        #expect(error.map { StateStoreError(path: "p", $0).kind } == .readOnly)
    }

    /// A file system of our own, where this process may mount one.
    @Test(.enabled(if: MountedFolder.isPossible)) func readOnlyFileSystemGivesItsToken() async throws {
        let mount = try MountedFolder(bytes: 4 << 20)
        let folder = mount.path + "/a b%?#"
        let state = try await StateStore.open(folder: folder)
        try await fill(SQLiteTokenStore(state), token: "a")
        try state.database.close()
        try mount.makeReadOnly()
        #expect(await StateStore.inspect(folder: folder).map(\.kind) == [.readOnly])
        let opened = try await StateStore.open(folder: folder)
        #expect(opened.isReadOnly)
        let store = SQLiteTokenStore(opened)
        let record = try #require(try await store.read(key))
        #expect(record.token?.value == Secret("a"))
        let error = await #expect(throws: StateStoreError.self) {
            try await store.reserve(key, seen: record, until: Moment(wall: 300), holder: "host:1")
        }
        #expect(error?.kind == .readOnly)
        try opened.database.close()
    }

    @Test(.enabled(if: MountedFolder.isPossible)) func fullFileSystemGivesItsToken() async throws {
        let mount = try MountedFolder(bytes: 1 << 20)
        let folder = mount.path + "/state"
        let state = try await StateStore.open(folder: folder)
        try await fill(SQLiteTokenStore(state), token: "a")
        try state.database.close()
        mount.fill()
        #expect(await StateStore.inspect(folder: folder).map(\.kind).contains(.full))
        let store = SQLiteTokenStore(try await StateStore.open(folder: folder))
        let record = try #require(try await store.read(key))
        #expect(record.token?.value == Secret("a"))
        let error = await #expect(throws: StateStoreError.self) {
            try await store.reserve(key, seen: record, until: Moment(wall: 300), holder: "host:1")
        }
        #expect(error?.kind == .full || error?.kind == .readOnly, "\(String(describing: error))")
        // Room is made: the same store can be used again, or one that is opened again.
        mount.empty()
        let again = SQLiteTokenStore(try await StateStore.open(folder: folder))
        #expect(try await again.reserve(key, seen: record, until: Moment(wall: 300), holder: "host:1") == 2)
    }

    // MARK: What is looked at

    @Test func inspectionFindsNothingWrongWithWhatIsNotThereYet() async throws {
        let base = try TemporaryFolder()
        #expect(await StateStore.inspect(folder: base.path) == [])
        #expect(await StateStore.inspect(folder: base.path + "/a/b") == [])
        #expect(TemporaryFolder.names(in: base.path) == [])
    }

    @Test func inspectionLeavesDamageAlone() async throws {
        let folder = try TemporaryFolder()
        let garbage = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000)
        try folder.write("state.sqlite3", garbage)
        #expect(await StateStore.inspect(folder: folder.path).map(\.kind) == [.damaged])
        #expect(try TemporaryFolder.bytes(of: folder.path + "/state.sqlite3") == garbage)
        #expect(TemporaryFolder.names(in: folder.path) == ["state.sqlite3"])
    }

    @Test func inspectionTellsANewerSchema() async throws {
        let folder = try await filled()
        let database = try DatabaseQueue(path: folder.path + "/state.sqlite3")
        try await database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 from the future')") }
        try database.close()
        #expect(await StateStore.inspect(folder: folder.path).map(\.kind) == [.newer])
    }
}
