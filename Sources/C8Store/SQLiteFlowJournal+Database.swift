import C8Flow
import GRDB

extension SQLiteFlowJournal {
    /// Commits what the body has done, onto the disk.
    ///
    /// - Parameter usingReserve: it is to be kept though the disk is full, with the room that is set aside for that.
    func keep<Value: Sendable>(
        usingReserve: Bool = false, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await uncancelled(usingReserve: usingReserve) { database in
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
            throw Self.storage(state.failure(error))
        }
    }

    /// In a task of its own, which no cancellation reaches: that a call was sent, or what it gave, is kept also when its
    /// task is cancelled meanwhile.
    private func uncancelled<Value: Sendable>(
        usingReserve: Bool = false, _ body: @escaping @Sendable (Database) throws -> Value?
    ) async throws -> Value {
        let state = state
        return try await Task {
            do {
                return try await Self.value(state.database.writeWithoutTransaction(body))
            } catch let error as DatabaseError {
                let failure = state.failure(error)
                do {
                    guard usingReserve, try await state.makeRoom(after: failure) else { throw failure }
                    return try await Self.value(state.database.writeWithoutTransaction(body))
                } catch let error as DatabaseError {
                    throw Self.storage(state.failure(error))
                } catch let error as StateStoreError {
                    throw Self.storage(error)
                }
            }
        }.value
    }

    private static func value<Value>(_ value: Value?) throws(FlowJournalError) -> Value {
        guard let value else { throw .storage("a transaction ended without its value") }
        return value
    }

    private static func storage(_ error: StateStoreError) -> FlowJournalError {
        .storage("\(error.problem) (\(error.path)); \(error.remedy)")
    }
}
