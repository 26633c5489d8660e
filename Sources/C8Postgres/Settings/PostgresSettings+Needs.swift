import Glibc

extension PostgresSettings {
    /// What a process needs of its machine to connect, so that all else can be closed to it.
    package struct Needs: Sendable, Equatable {
        /// TCP ports; nil where a service file says which.
        package var ports: Set<UInt16>?
        /// Files and folders that are read.
        package var files: [String]
    }

    /// - Throws: ``PostgresError`` of the kinds `settings` and `library`.
    package func needs() throws(PostgresError) -> Needs {
        let options = try options()
        var files = ["sslrootcert", "sslcert", "sslkey", "sslcrl", "passfile"].compactMap { options[$0] }
        let variables = [
            "PGPASSFILE", "PGSERVICEFILE", "PGSYSCONFDIR", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", "PGSSLCRL",
        ]
        files += variables.compactMap { getenv($0).map { String(cString: $0) } }
        if let home = Self.homeFolder {
            files += ["/.pgpass", "/.pg_service.conf", "/.postgresql"].map { home + $0 }
        }
        files += ["/etc/postgresql-common", "/etc/ssl", "/etc/pki"]
        // A socket below a folder is reached by its path.
        let hosts = (options["host"] ?? PostgresLibrary.standard("host") ?? "").split(separator: ",").map(String.init)
        files += hosts.filter { $0.hasPrefix("/") }
        if usesService(options) { return Needs(ports: nil, files: files) }
        let port = options["port"] ?? PostgresLibrary.standard("port") ?? "5432"
        return Needs(ports: Set(port.split(separator: ",").compactMap { UInt16($0) }), files: files)
    }
}
