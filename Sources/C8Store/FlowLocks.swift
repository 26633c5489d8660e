import C8Flow

/// Who runs a flow, as the kernel knows it: a lock on one byte of the file `flows.lock`, see ``ByteLocks``.
struct FlowLocks: Sendable {
    static let fileName = "flows.lock"

    private let locks: ByteLocks
    var path: String { locks.path }

    /// - Parameter folder: where the file of the locks is.
    init(in folder: String) {
        locks = ByteLocks(in: folder, name: Self.fileName)
    }

    /// Takes the flow's lock, without waiting.
    ///
    /// - Returns: nil while somebody has it, be it this process.
    func take(_ id: FlowID) throws(FlowJournalError) -> ByteLock? {
        do {
            return try locks.take(id.text)
        } catch {
            throw .storage(error.description)
        }
    }

    /// Those of the flows that somebody has, be it this process.
    func held(among ids: [FlowID]) throws(FlowJournalError) -> Set<FlowID> {
        do {
            let areHeld = try locks.areHeld(ids.map(\.text))
            return Set(zip(ids, areHeld).filter(\.1).map(\.0))
        } catch {
            throw .storage(error.description)
        }
    }
}
