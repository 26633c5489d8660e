import C8Client
import C8Store

/// The stores that must behave alike.
enum StoreKind: Sendable, CaseIterable {
    case memory
    case file
    /// Another process sees the same: each call goes through a store of its own.
    case reopenedFile
}

/// A store of that kind, and its folder for as long as it is used.
struct StoreFixture: Sendable {
    private let kind: StoreKind
    private let folder: TemporaryFolder
    private let opened: any TokenStore

    init(_ kind: StoreKind) async throws {
        self.kind = kind
        folder = try TemporaryFolder()
        opened =
            switch kind {
            case .memory: MemoryTokenStore()
            case .file, .reopenedFile: SQLiteTokenStore(try await StateStore.open(folder: folder.path))
            }
    }

    var store: any TokenStore {
        get async throws {
            guard kind == .reopenedFile else { return opened }
            return SQLiteTokenStore(try await StateStore.open(folder: folder.path))
        }
    }
}
