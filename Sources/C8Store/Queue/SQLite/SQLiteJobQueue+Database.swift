import C8Queue
import GRDB

extension SQLiteJobQueue {
    /// Commits what the body has done, onto the disk, in a task of its own, which no cancellation reaches.
    ///
    /// - Parameter usingReserve: it is to be kept though the disk is full, with the room that is set aside for that.
    func keep<Value: Sendable>(
        usingReserve: Bool = false, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        let state = state
        let transaction: @Sendable (Database) throws -> Value? = { database in
            var value: Value?
            try database.inTransaction(.immediate) {
                value = try body(database)
                return .commit
            }
            return value
        }
        let value = try await Task {
            do {
                return try await state.database.writeWithoutTransaction(transaction)
            } catch let error as DatabaseError {
                let failure = state.failure(error)
                do {
                    guard usingReserve, try await state.makeRoom(after: failure) else { throw failure }
                    return try await state.database.writeWithoutTransaction(transaction)
                } catch let error as DatabaseError {
                    throw Self.storage(state.failure(error))
                } catch let error as StateStoreError {
                    throw Self.storage(error)
                }
            }
        }.value
        guard let value else { throw JobQueueError.storage("a transaction ended without its value") }
        return value
    }

    /// Reads, without a lock that writers need.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await state.database.read(body)
        } catch let error as DatabaseError {
            throw Self.storage(state.failure(error))
        }
    }

    private static func storage(_ error: StateStoreError) -> JobQueueError {
        let text = "\(error.problem) (\(error.path)); \(error.remedy)"
        // That another process keeps it locked passes.
        return error.kind == .locked ? .unreachable(text) : .storage(text)
    }
}
