import Logging
import Synchronization

/// Opens the store when it is first needed. One that cannot be opened is replaced by memory: calls still work, with a
/// token of this process's own.
final class LazyTokenStore: Sendable {
    private let open: @Sendable () async throws -> any TokenStore
    private let logger: Logger
    private let opened = Mutex<(any TokenStore)?>(nil)

    init(logger: Logger, open: @escaping @Sendable () async throws -> any TokenStore) {
        self.open = open
        self.logger = logger
    }

    /// Goes on without a store that has failed, as after a disk became full.
    func replaced(_ failed: any TokenStore, because error: any Error) -> any TokenStore {
        let (store, isNew) = opened.withLock { opened -> (any TokenStore, Bool) in
            if let opened, opened !== failed { return (opened, false) }
            let memory = MemoryTokenStore()
            opened = memory
            return (memory, true)
        }
        if isNew {
            logger.warning(
                "the token store failed; this process keeps its token to itself from here on",
                metadata: ["reason": "\(error)"])
        }
        return store
    }

    func value() async -> any TokenStore {
        if let store = opened.withLock({ $0 }) { return store }
        let made: any TokenStore
        do {
            made = try await open()
        } catch {
            logger.warning(
                "the token store cannot be used; this process keeps its token to itself",
                metadata: ["reason": "\(error)"])
            made = MemoryTokenStore()
        }
        // Two may have opened it at once; all go on with the same one.
        return opened.withLock { opened in
            let store = opened ?? made
            opened = store
            return store
        }
    }
}
