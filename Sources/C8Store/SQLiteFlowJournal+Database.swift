import C8Flow
import GRDB

extension SQLiteFlowJournal {
    /// Commits what the body has done, onto the disk.
    ///
    /// - Parameter usingReserve: it is to be kept though the disk is full, with the room that is set aside for that.
    func keep<Value: Sendable>(
        usingReserve: Bool = false, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await uncancelled(usingReserve: usingReserve) { database in try database.transaction(body) }
    }

    /// Commits what the body has done to the operating system: a kill of the process does not lose it, a power cut may.
    func keepLightly<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await uncancelled { database in try database.lightTransaction(body) }
    }

    /// Commits what the body has done before it returns, on the calling thread.
    ///
    /// - Returns: false where another process keeps the database locked, or the disk is full. Nothing is kept then, and the
    ///   other ways are there for that.
    func keepInPlace(isLight: Bool, _ body: (Database) throws -> Void) throws -> Bool {
        do {
            try state.database.writeWithoutTransaction { database in
                if isLight {
                    try database.lightTransaction(waits: false, body)
                } else {
                    try database.transaction(waits: false, body)
                }
            }
            return true
        } catch let error as DatabaseError {
            let failure = state.failure(error)
            guard failure.kind == .locked || failure.kind == .full else { throw Self.storage(failure) }
            return false
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

    /// No cancellation reaches it: that a call was sent, or what it gave, is kept also when its task is cancelled meanwhile.
    private func uncancelled<Value: Sendable>(
        usingReserve: Bool = false, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await Self.perform(state.database, body)
        } catch let error as DatabaseError {
            let failure = state.failure(error)
            guard usingReserve else { throw Self.storage(failure) }
            // To make room may be cancelled, so that it is a task of its own.
            return try await Task { [state] in
                do {
                    guard try await state.makeRoom(after: failure) else { throw failure }
                    return try await Self.perform(state.database, body)
                } catch let error as DatabaseError {
                    throw Self.storage(state.failure(error))
                } catch let error as StateStoreError {
                    throw Self.storage(error)
                }
            }.value
        }
    }

    /// Not by GRDB's own asynchronous function, which ends with its task.
    private static func perform<Value: Sendable>(
        _ database: DatabaseQueue, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            database.asyncWriteWithoutTransaction { database in
                continuation.resume(with: Result { try body(database) })
            }
        }
    }

    private static func storage(_ error: StateStoreError) -> FlowJournalError {
        .storage("\(error.problem) (\(error.path)); \(error.remedy)")
    }
}
