import C8Flow
import GRDB

extension SQLiteFlowJournal {
    /// Commits what the body has done, onto the disk.
    func keep<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await uncancelled { database in
            var value: Value?
            try database.inTransaction(.immediate) {
                value = try body(database)
                return .commit
            }
            return value
        }
    }

    /// Commits what the body has done to the operating system: a kill of the process does not lose it, a power cut may.
    ///
    /// The connection is back at FULL when this returns. SQLite takes the level at the time of the commit, and lets nobody
    /// change it within a transaction.
    func keepLightly<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await uncancelled { database in
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            let outcome = Result {
                var value: Value?
                try database.inTransaction(.immediate) {
                    value = try body(database)
                    return .commit
                }
                return value
            }
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // Tokens are reserved on this connection too: that it is back must not be a guess.
            guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2 else {
                throw FlowJournalError.storage("SQLite does not go back to synchronous = FULL; start again")
            }
            return try outcome.get()
        }
    }

    /// Reads, without a lock that writers need.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await state.database.read(body)
        } catch let error as DatabaseError {
            throw Self.storage(error)
        }
    }

    /// In a task of its own, which no cancellation reaches: that a call was sent, or what it gave, is kept also when its
    /// task is cancelled meanwhile.
    private func uncancelled<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value?
    ) async throws -> Value {
        let database = state.database
        do {
            let value = try await Task { try await database.writeWithoutTransaction(body) }.value
            guard let value else { throw FlowJournalError.storage("a transaction ended without its value") }
            return value
        } catch let error as DatabaseError {
            throw Self.storage(error)
        }
    }

    private static func storage(_ error: DatabaseError) -> FlowJournalError {
        // Without the statement and its arguments, which may hold what the script works on.
        .storage("SQLite says \(error.resultCode.rawValue) (\(error.message ?? "no more")): see that the disk has room")
    }
}
