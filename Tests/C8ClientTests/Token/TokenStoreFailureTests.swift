import C8Client
import C8HTTP
import Synchronization
import Testing

/// A store that fails, as on a full disk, costs a warning and no call.
@Suite struct TokenStoreFailureTests {
    private enum Operation: Sendable, CaseIterable { case read, reserve, publish }

    private final class FailingStore: TokenStore {
        struct DiskFull: Error {}

        private let memory = MemoryTokenStore()
        private let failing: Operation

        init(failing: Operation) { self.failing = failing }

        func read(_ key: TokenKey) async throws -> TokenRecord? {
            if failing == .read { throw DiskFull() }
            return memory.read(key)
        }

        func reserve(_ key: TokenKey, seen: TokenRecord?, until: Moment, holder: String) async throws -> Int64? {
            if failing == .reserve { throw DiskFull() }
            return memory.reserve(key, seen: seen, until: until, holder: holder)
        }

        func publish(
            _ key: TokenKey, fence: Int64, token: Token?, fetchAfter: Moment, refusal: TokenRecord.Refusal?
        ) async throws {
            if failing == .publish { throw DiskFull() }
            memory.publish(key, fence: fence, token: token, fetchAfter: fetchAfter, refusal: refusal)
        }

        func clear(_ key: TokenKey) async throws { memory.clear(key) }
    }

    @Test(arguments: Operation.allCases)
    private func tokenIsFetchedAllTheSameAndKept(_ operation: Operation) async throws {
        let log = LogRecorder()
        let fixture = Fixture(store: FailingStore(failing: operation)) { _, number in .token("t\(number)") }
        let tokens = fixture.tokens(logger: log.logger)
        let first = try await tokens.token()
        let second = try await tokens.token()
        #expect(first.value == second.value)
        #expect(fixture.transport.tokenRequests == 1)
        // Another one is had when the first is refused.
        let third = try await tokens.token(replacing: first)
        #expect(third.value != first.value)
        let warnings = log.texts.filter { $0.contains("the token store failed") }
        #expect(warnings.count == 1)
    }
}
