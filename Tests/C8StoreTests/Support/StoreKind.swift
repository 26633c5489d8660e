import C8Client
import C8Postgres
import C8Store
import PostgresServer

/// The stores that must behave alike.
enum StoreKind: Sendable, CaseIterable {
    case memory
    case file
    /// Another process sees the same: each call goes through a store of its own.
    case reopenedFile
    case database
    case reopenedDatabase

    /// Those that can be had here; ``PostgresServerTests`` tells what is missing.
    static let allCases: [StoreKind] =
        [.memory, .file, .reopenedFile] + (PostgresServer.isPossible ? [.database, .reopenedDatabase] : [])
}

/// A store of that kind, and its folder for as long as it is used.
struct StoreFixture: Sendable {
    private let kind: StoreKind
    private let folder: TemporaryFolder
    private let database: PostgresSettings?
    private let opened: any TokenStore

    init(_ kind: StoreKind) async throws {
        self.kind = kind
        folder = try TemporaryFolder()
        switch kind {
        case .memory: (database, opened) = (nil, MemoryTokenStore())
        case .file, .reopenedFile:
            (database, opened) = (nil, SQLiteTokenStore(try await StateStore.open(folder: folder.path)))
        case .database, .reopenedDatabase:
            let settings = try await TestDatabase.make()
            (database, opened) = (settings, try await Self.store(settings))
        }
    }

    var store: any TokenStore {
        get async throws {
            switch kind {
            case .reopenedFile: SQLiteTokenStore(try await StateStore.open(folder: folder.path))
            case .reopenedDatabase: if let database { try await Self.store(database) } else { opened }
            default: opened
            }
        }
    }

    /// The moments of the tests are those of one machine, and long ago.
    private static func store(_ settings: PostgresSettings) async throws -> any TokenStore {
        PostgresTokenStore(
            try await PostgresState.open(settings), clock: StandingClock(wall: 3e9, boot: "7c6a9b3e", uptime: 1e9))
    }
}
