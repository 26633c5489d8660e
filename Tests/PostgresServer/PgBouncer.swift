import Foundation

/// A pooler before a server, in transaction mode: each transaction may come to another connection.
package final class PgBouncer: Sendable {
    package static let hint = "PgBouncer is not installed: apt-get install pgbouncer"
    package static let isPossible = PostgresServer.isPossible && program != nil

    private static let program = ["/usr/sbin", "/usr/bin", "/usr/local/bin"].map { $0 + "/pgbouncer" }
        .first { (path: String) in access(path, X_OK) == 0 }

    package let port: UInt16
    private let process: WatchedProcess

    /// - Parameter connections: to the server; more clients than that take turns.
    package init(_ server: PostgresServer, connections: Int = 3) throws {
        guard let program = Self.program else { throw PostgresServer.Failure(description: Self.hint) }
        port = try PostgresServer.freePort()
        let folder = server.folder
        let configuration = """
            [databases]
            * = host=127.0.0.1 port=\(server.port) user=\(PostgresServer.user) password='\(PostgresServer.password)'
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = \(port)
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = \(connections)
            max_client_conn = 1000
            """
        let file = folder + "/pgbouncer-\(port).ini"
        try configuration.write(toFile: file, atomically: false, encoding: .utf8)
        process = try WatchedProcess([program, "-q", file], endedBy: "KILL")
    }
}
