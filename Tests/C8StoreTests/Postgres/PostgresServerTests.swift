import PostgresServer
import Testing

/// Says so where the stores in PostgreSQL are left out of the tests that are asked of every store.
@Suite struct PostgresServerTests {
    @Test(.enabled(if: PostgresServer.isPossible, Comment(rawValue: PostgresServer.hint)))
    func storesInPostgreSQLAreTestedLikeTheOthers() {
        #expect(StoreKind.allCases.contains(.database))
        #expect(FlowJournalKind.allCases.contains(.database))
    }
}
