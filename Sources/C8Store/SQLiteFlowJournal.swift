package import C8Flow
import GRDB
import Synchronization

/// Flows that a later process goes on with, in the state shared by all processes that use the same folder.
package final class SQLiteFlowJournal: FlowJournal {
    let state: StateStore
    let locks: FlowLocks
    /// The locks of the claims that this journal has given.
    private let held = Mutex<[FlowClaim: ByteLock]>([:])

    package init(_ state: StateStore) {
        self.state = state
        locks = FlowLocks(in: state.folderPath)
    }

    /// The paths of databases that were damaged and have been replaced, with the flows that they had; oldest first.
    package var movedAside: [String] { state.movedAside }

    package func claim(_ request: FlowRequest, at now: Double) async throws -> FlowOpening {
        if let input = request.input { try FlowLimits.check(input, of: .input) }
        // A finished flow's result needs no lock, and so does not depend on who else asks for it.
        if let result = try await read({ try Self.finished(request, $0) }) { return .finished(result: result) }
        guard let lock = try locks.take(request.id) else { throw try await heldError(request.id) }
        let isMarked = lock.isMarked
        try await state.untilUnlocked()
        let opening = try await keep { [path = locks.path] database in
            if isMarked { try Self.checkKept(path, database) }
            return try Self.claim(request, at: now, database)
        }
        if !isMarked { lock.mark() }
        if case .claimed(let claim, _) = opening { held.withLock { $0[claim] = lock } }
        return opening
    }

    package func write(_ entry: StepEntry, of key: StepKey, under claim: FlowClaim, at now: Double) async throws {
        try check(entry, of: key, under: claim)
        let body: @Sendable (Database) throws -> Void = { database in
            try Self.write(entry, of: key, under: claim, at: now, database)
        }
        if entry.isLight {
            try await keepLightly(body)
        } else {
            try await keep(usingReserve: entry.tellsAnEnd, body)
        }
    }

    package func writeInPlace(
        _ entry: StepEntry, of key: StepKey, under claim: FlowClaim, at now: Double
    ) throws -> Bool {
        try check(entry, of: key, under: claim)
        return try keepInPlace(isLight: entry.isLight) { database in
            try Self.write(entry, of: key, under: claim, at: now, database)
        }
    }

    private func check(_ entry: StepEntry, of key: StepKey, under claim: FlowClaim) throws {
        if case .end(let result, _) = entry { try FlowLimits.check(result, of: .result(of: key)) }
        try checkHeld(claim)
    }

    package func end(_ claim: FlowClaim, with end: FlowEnd, at now: Double) async throws {
        if case .finished(let result) = end { try FlowLimits.check(result, of: .flowResult) }
        try checkHeld(claim)
        try await keep(usingReserve: true) { database in
            try Self.touch(claim, at: now, database)
            try Self.end(claim, with: end, at: now, database)
        }
        await release(claim)
    }

    package func release(_ claim: FlowClaim) async {
        // The lock goes outside of the mutex: closing a file may take a while.
        let lock = held.withLock { $0.removeValue(forKey: claim) }
        withExtendedLifetime(lock) {}
    }

    /// A claim that was given up has its fence still, until somebody else takes the flow.
    func checkHeld(_ claim: FlowClaim) throws(FlowJournalError) {
        guard held.withLock({ $0[claim] != nil }) else { throw .lostOwnership(claim.id) }
    }

    func heldError(_ id: FlowID) async throws -> FlowJournalError {
        let record = try await read { try Self.record(id, $0)?.record }
        return .held(id, by: record?.owner, since: record?.claimedAt)
    }
}
