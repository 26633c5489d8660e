import PostgresServer

/// The queues that must behave alike.
enum JobQueueKind: Sendable, CaseIterable {
    case file
    case database

    /// Those that can be had here; ``PostgresServerTests`` tells what is missing.
    static let allCases: [JobQueueKind] = [.file] + (PostgresServer.isPossible ? [.database] : [])
}
