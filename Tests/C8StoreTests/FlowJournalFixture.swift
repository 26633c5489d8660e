import C8Flow
import C8Postgres
import C8Store
import PostgresServer

/// The journals that must behave alike.
enum FlowJournalKind: Sendable, CaseIterable {
    case memory
    case file
    case database

    /// Those that can be had here; ``PostgresServerTests`` tells what is missing.
    static let allCases: [FlowJournalKind] = [.memory, .file] + (PostgresServer.isPossible ? [.database] : [])
}

/// A journal of that kind, and its folder for as long as it is used.
struct FlowJournalFixture: Sendable {
    let folder: TemporaryFolder
    let journal: any FlowJournal
    let id: FlowID

    init(_ kind: FlowJournalKind) async throws {
        folder = try TemporaryFolder()
        id = try FlowID("PO-2026-0001")
        journal =
            switch kind {
            case .memory: MemoryFlowJournal()
            case .file: SQLiteFlowJournal(try await StateStore.open(folder: folder.path))
            case .database: PostgresFlowJournal(try await PostgresState.open(try await TestDatabase.make()))
            }
    }

    static func request(_ id: FlowID, input: String? = nil, process: Int32 = 1) -> FlowRequest {
        FlowRequest(
            id: id, script: "daily.lua", scriptHash: "ab12", input: input,
            owner: FlowOwner(host: "line-3", process: process))
    }

    struct NotClaimed: Error {}

    /// Claims the flow, which must be free.
    static func claim(
        _ journal: any FlowJournal, _ id: FlowID, input: String? = nil, process: Int32 = 1, at now: Double = 100
    ) async throws -> (claim: FlowClaim, steps: [FlowStep]) {
        let opening = try await journal.claim(request(id, input: input, process: process), at: now)
        guard case .claimed(let claim, let steps) = opening else { throw NotClaimed() }
        return (claim, steps)
    }

    func claim(at now: Double = 100) async throws -> (claim: FlowClaim, steps: [FlowStep]) {
        try await Self.claim(journal, id, at: now)
    }
}
