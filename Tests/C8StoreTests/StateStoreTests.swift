import C8Client
import GRDB
import Glibc
import Testing

@testable import C8Store

@Suite(.timeLimit(.minutes(2))) struct StateStoreTests {
    private let key = TokenKey(baseURL: "https://platform.example", accessKey: "key")

    /// Makes a record, so that there is something on the disk.
    private func fill(_ state: StateStore, token: String = "a", fingerprint: String = "f") async throws {
        let store = SQLiteTokenStore(state)
        let seen = try await store.read(key)
        let fence = try #require(
            try await store.reserve(key, seen: seen, until: Moment(wall: 160), holder: "host:1"))
        try await store.publish(
            key, fence: fence,
            token: Token(value: Secret(token), generation: fence, fetched: Moment(wall: 100), ttl: 3600),
            fetchAfter: Moment(wall: 160), refusal: TokenRecord.Refusal(code: 1, fingerprint: fingerprint))
    }

    /// A database of the current schema, closed, in a folder of its own.
    private func madeFolder() async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let state = try await StateStore.open(folder: folder.path)
        try await fill(state)
        try state.database.close()
        return folder
    }

    @Test(arguments: ["state", "a/b/c", "a//b/", "."])
    func folderAndFilesAreForTheirOwnerAlone(name: String) async throws {
        let base = try TemporaryFolder()
        let folder = base.path + "/" + name
        let state = try await StateStore.open(folder: folder)
        try await fill(state)
        #expect(try TemporaryFolder.mode(of: folder + "/.") == 0o700)
        let names = TemporaryFolder.names(in: folder)
        #expect(names == ["state.sqlite3", "state.sqlite3-shm", "state.sqlite3-wal", "state.sqlite3.reserve"])
        for name in names { #expect(try TemporaryFolder.mode(of: folder + "/" + name) == 0o600, "\(name)") }
    }

    @Test func foldersOnTheWayAreForTheirOwnerAlone() async throws {
        let base = try TemporaryFolder()
        _ = try await StateStore.open(folder: base.path + "/a/b")
        #expect(try TemporaryFolder.mode(of: base.path + "/a") == 0o700)
    }

    @Test func modesThatWereOpenedUpAreClosedAgain() async throws {
        let folder = try await madeFolder()
        #expect(chmod(folder.path, 0o755) == 0)
        #expect(chmod(folder.path + "/state.sqlite3", 0o644) == 0)
        let state = try await StateStore.open(folder: folder.path)
        #expect(try TemporaryFolder.mode(of: folder.path) == 0o700)
        #expect(try TemporaryFolder.mode(of: folder.path + "/state.sqlite3") == 0o600)
        #expect(try await SQLiteTokenStore(state).read(key) != nil)
    }

    @Test func aProcessThatKeepsItLockedIsWaitedFor() async throws {
        let folder = try await madeFolder()
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.path + "/state.sqlite3", configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        let state = try await StateStore.open(folder: folder.path)
        let store = SQLiteTokenStore(state)
        #expect(try await store.read(key) != nil, "a reader waits for nobody")
        async let unlocked: Void = state.untilUnlocked()
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try await unlocked
    }

    @Test func whoOnlyReadsWritesNothing() async throws {
        let folder = try await madeFolder()
        let state = try await StateStore.open(folder: folder.path)
        #expect(try await SQLiteTokenStore(state).read(key) != nil)
        var status = stat()
        #expect(stat(folder.path + "/state.sqlite3-wal", &status) == 0)
        #expect(status.st_size == 0)
    }

    @Test func commitsAreOnTheDiskWhenTheyReturn() async throws {
        let folder = try TemporaryFolder()
        for _ in 0..<2 {
            let state = try await StateStore.open(folder: folder.path)
            let settings = try await state.database.read { database in
                (
                    try Int.fetchOne(database, sql: "PRAGMA synchronous"),
                    try String.fetchOne(database, sql: "PRAGMA journal_mode")
                )
            }
            #expect(settings.0 == 2, "FULL")
            #expect(settings.1 == "wal")
        }
    }

    @Test func secondOpeningFindsWhatTheFirstHasWritten() async throws {
        let folder = try await madeFolder()
        let record = try await SQLiteTokenStore(await StateStore.open(folder: folder.path)).read(key)
        #expect(record?.token?.value == Secret("a"))
        #expect(!TemporaryFolder.names(in: folder.path).contains { $0.contains("damaged") })
    }

    /// The first start of many processes: nobody may fail because another has just made the tables.
    @Test(arguments: 0..<10)
    func manyOpenAtOnceAndOneGetsTheSlot(round: Int) async throws {
        let base = try TemporaryFolder()
        let folder = base.path + "/state"
        let fences = try await withThrowingTaskGroup(of: Int64?.self) { group in
            for _ in 0..<8 {
                group.addTask { [key] in
                    let store = SQLiteTokenStore(try await StateStore.open(folder: folder))
                    return try await store.reserve(key, seen: nil, until: Moment(wall: 160), holder: "host:1")
                }
            }
            return try await group.reduce(into: []) { fences, fence in fences += fence.map { [$0] } ?? [] }
        }
        #expect(fences == [1])
        #expect(!TemporaryFolder.names(in: folder).contains { $0.contains("damaged") })
    }

    @Test func ofEightInTwoStoresOneGetsTheSlot() async throws {
        let folder = try TemporaryFolder()
        var stores: [SQLiteTokenStore] = []
        for _ in 0..<2 { stores.append(SQLiteTokenStore(try await StateStore.open(folder: folder.path))) }
        for round in 1...20 {
            let seen = try await stores[0].read(key)
            let until = Moment(wall: Double(round) * 100)
            let fences = try await withThrowingTaskGroup(of: Int64?.self) { group in
                for number in 0..<8 {
                    group.addTask { [key, store = stores[number % 2]] in
                        try await store.reserve(key, seen: seen, until: until, holder: "host:\(number)")
                    }
                }
                return try await group.reduce(into: []) { fences, fence in fences += fence.map { [$0] } ?? [] }
            }
            #expect(fences == [Int64(round)])
        }
    }

    enum Damage: Sendable, CaseIterable {
        case shortText
        case longText
        case zeros
        case overwrittenPages
        case truncated

        func apply(to bytes: [UInt8]) -> [UInt8] {
            switch self {
            case .shortText: Array("garbage".utf8)
            case .longText: Array(repeating: UInt8(ascii: "x"), count: 10_000)
            case .zeros: Array(repeating: 0, count: 8192)
            case .overwrittenPages: Array(bytes.prefix(100)) + Array(repeating: 0xAA, count: bytes.count - 100)
            case .truncated: Array(bytes.prefix(4096 + 17))
            }
        }
    }

    @Test(arguments: Damage.allCases)
    func damagedFileIsMovedAsideAndReplaced(damage: Damage) async throws {
        let folder = try await madeFolder()
        let file = folder.path + "/state.sqlite3"
        let damaged = damage.apply(to: try TemporaryFolder.bytes(of: file))
        try folder.write("state.sqlite3", damaged)
        // What an earlier accident has left is no reason to fail, and stays.
        try folder.write("state.sqlite3.damaged", [1])
        let recorder = NoticeRecorder()
        let state = try await StateStore.open(folder: folder.path, notice: recorder.record)
        let notices = recorder.notices
        #expect(notices.count == 1)
        #expect(notices.first?.contains("is kept as \(file).damaged-2") == true, "\(notices)")
        #expect(try await SQLiteTokenStore(state).read(key) == nil)
        try await fill(state)
        #expect(try TemporaryFolder.bytes(of: file + ".damaged") == [1])
        #expect(try TemporaryFolder.bytes(of: file + ".damaged-2") == damaged)
        #expect(try TemporaryFolder.mode(of: file + ".damaged-2") == 0o600)
        #expect(try TemporaryFolder.mode(of: file) == 0o600)
    }

    @Test func damagedFileIsMovedAsideOnceByManyAtOnce() async throws {
        let folder = try TemporaryFolder()
        let garbage = Damage.longText.apply(to: [])
        try folder.write("state.sqlite3", garbage)
        let fences = try await withThrowingTaskGroup(of: Int64?.self) { group in
            for _ in 0..<8 {
                group.addTask { [key] in
                    let store = SQLiteTokenStore(try await StateStore.open(folder: folder.path))
                    return try await store.reserve(key, seen: nil, until: Moment(wall: 160), holder: "host:1")
                }
            }
            return try await group.reduce(into: []) { fences, fence in fences += fence.map { [$0] } ?? [] }
        }
        #expect(fences == [1])
        #expect(try TemporaryFolder.bytes(of: folder.path + "/state.sqlite3.damaged") == garbage)
    }

    @Test func newerSchemaIsRefusedAndLeftAlone() async throws {
        let folder = try await madeFolder()
        let path = folder.path + "/state.sqlite3"
        let migration = "9 from the future"
        do {
            let database = try DatabaseQueue(path: path)
            try await database.write {
                try $0.execute(sql: "INSERT INTO grdb_migrations VALUES (?)", arguments: [migration])
            }
            try database.close()
        }
        let error = try #require(
            await #expect(throws: StateStoreError.self) { try await StateStore.open(folder: folder.path) })
        #expect(error.path == path)
        #expect(error.problem.contains("newer version"))
        #expect("\(error)".contains(path))
        let kept = try await DatabaseQueue(path: path).read { database in
            (
                try String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier"),
                try String.fetchAll(database, sql: "SELECT value FROM token")
            )
        }
        #expect(
            kept.0 == [
                "1 token", "2 flow", "3 token clock", "4 upload", "5 call", "6 platform clock", "7 queue",
                "8 queue index", migration,
            ])
        #expect(kept.1 == ["a"])
        #expect(!TemporaryFolder.names(in: folder.path).contains { $0.contains("damaged") })
    }

    /// Paths are below a folder that holds the regular file `file`.
    @Test(
        arguments: [
            ("file", "file"), ("file/state", "file/state"), ("file/a/b", "file/a"),
            ("a/../file/state", "a/../file/state"),
        ])
    func folderThatCannotBeMadeIsNamed(name: String, culprit: String) async throws {
        let base = try TemporaryFolder()
        try base.write("file", [1])
        let error = try #require(
            await #expect(throws: StateStoreError.self) { try await StateStore.open(folder: base.path + "/" + name) })
        #expect(error.path == base.path + "/" + culprit)
        #expect("\(error)".contains(base.path + "/" + culprit))
        #expect(!error.problem.isEmpty)
        #expect(try TemporaryFolder.bytes(of: base.path + "/file") == [1])
    }

    @Test func fileThatIsALinkIsRefused() async throws {
        let folder = try TemporaryFolder()
        let target = try folder.write("target", [])
        let path = folder.path + "/state.sqlite3"
        #expect(symlink(target, path) == 0)
        let error = try #require(
            await #expect(throws: StateStoreError.self) { try await StateStore.open(folder: folder.path) })
        #expect(error.path == path)
        #expect(try TemporaryFolder.bytes(of: target).isEmpty)
    }

    @Test func folderInPlaceOfTheFileIsRefused() async throws {
        let base = try TemporaryFolder()
        let path = base.path + "/state.sqlite3"
        #expect(mkdir(path, 0o700) == 0)
        let error = try #require(
            await #expect(throws: StateStoreError.self) { try await StateStore.open(folder: base.path) })
        #expect(error.path == path)
    }
}
