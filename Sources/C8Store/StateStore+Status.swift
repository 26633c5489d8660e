package import C8Queue
import GRDB

extension StateStore {
    /// What is known of a state, for people.
    package struct Status: Sendable, Equatable {
        /// The file.
        package var path: String
        /// Of the tables: how many migrations they have had; 0 where there are none.
        package var version: Int
        /// The version that this program writes.
        package var newest: Int
        package var tokens: Int64?
        package var flows: Int64?
        /// Queued scripts; nil where the tables are too old for them.
        package var jobs: [JobState: Int]?
    }

    /// Looks without changing anything.
    package static func status(folder path: String) async throws(StateStoreError) -> Status {
        let folder = StateFolder(folder: path)
        let newest = StateSchema.migrator.migrations
        let status = Status(path: folder.path, version: 0, newest: newest.count)
        guard folder.identity != nil else { return status }
        do {
            let connection = try StateConnection.forReading(folder)
            guard connection.hasTables else { return status }
            return try await connection.database.read { [status] database in
                var status = status
                status.version = try StateSchema.migrator.appliedIdentifiers(database).count
                status.tokens = try Int64.fetchOne(database, sql: "SELECT count(*) FROM token")
                if try database.tableExists("flow") {
                    status.flows = try Int64.fetchOne(database, sql: "SELECT count(*) FROM flow")
                }
                if try database.tableExists("job") { status.jobs = try SQLiteJobQueue.counts(database) }
                return status
            }
        } catch {
            throw StateStoreError(path: folder.path, error)
        }
    }
}
