import Glibc

/// Which database, as whom. What the URL leaves open is taken from libpq's environment (PGHOST, PGSERVICE, …), its service
/// file and its password file.
package struct PostgresSettings: Sendable, CustomStringConvertible {
    /// Gives the password, when a connection is made.
    package typealias Password = @Sendable () async throws -> String

    /// The oldest server that has all that is used, as the library writes versions: 130000 for 13.0.
    package static let leastServerVersion = 130_000

    private let url: String
    let password: Password?
    /// For tests.
    package var leastServerVersion = Self.leastServerVersion

    /// Nothing is looked at before a connection is made.
    ///
    /// - Parameters:
    ///   - url: `postgres://user@host:5432/database?sslmode=…`.
    ///   - password: where it is to be had, if not from the URL or libpq's own places.
    package init(_ url: String, password: Password? = nil) {
        self.url = url
        self.password = password
    }

    package var description: String { "PostgreSQL" }

    /// All that is known before a connection is begun.
    ///
    /// - Throws: ``PostgresError`` of the kinds `settings` and `library`.
    func options() throws(PostgresError) -> [String: String] {
        var options = try PostgresLibrary.options(in: url)
        func isSet(_ name: String, _ variable: String) -> Bool {
            options[name] != nil || getenv(variable) != nil
        }
        // A standby takes nothing.
        if !isSet("target_session_attrs", "PGTARGETSESSIONATTRS") { options["target_session_attrs"] = "read-write" }
        // It would go before TLS, and looks for tickets in files.
        if !isSet("gssencmode", "PGGSSENCMODE") { options["gssencmode"] = "disable" }
        options["client_encoding"] = "UTF8"
        options["fallback_application_name"] = "c8run"
        // A server whose machine has gone is noticed while a statement waits for it, and between statements.
        let lives = [
            "tcp_user_timeout": "10000", "keepalives_idle": "15", "keepalives_interval": "5", "keepalives_count": "3",
        ]
        options.merge(lives) { said, _ in said }
        if !usesService(options), !isSet("sslmode", "PGSSLMODE"), !Self.isLocal(host(options)) {
            Self.verify(&options)
        }
        return options
    }

    /// Whether a service file says more, which is known only once a connection is begun.
    func usesService(_ options: [String: String]) -> Bool {
        options["service"] != nil || getenv("PGSERVICE") != nil
    }

    /// Asks for the server's certificate, and for an authority's word for it.
    static func verify(_ options: inout [String: String]) {
        options["sslmode"] = "verify-full"
        guard options["sslrootcert"] == nil, getenv("PGSSLROOTCERT") == nil else { return }
        if let home = homeFolder, access(home + "/.postgresql/root.crt", R_OK) == 0 { return }
        // Libraries before version 16 do not find the system's authorities by themselves.
        options["sslrootcert"] = authorities.first { access($0, R_OK) == 0 }
    }

    /// Whether what is sent to those hosts stays on this machine.
    static func isLocal(_ hosts: String) -> Bool {
        hosts.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { host in
            host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" || host == "::1"
                || host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." }
        }
    }

    private static let authorities = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]

    static var homeFolder: String? { getenv("HOME").map { String(cString: $0) } }

    private func host(_ options: [String: String]) -> String {
        options["hostaddr"] ?? options["host"] ?? PostgresLibrary.standard("hostaddr")
            ?? PostgresLibrary.standard("host") ?? ""
    }

    /// Which server and database are meant, for people.
    func place(_ options: [String: String]) -> String {
        if let service = options["service"] ?? getenv("PGSERVICE").map({ String(cString: $0) }) {
            return "PostgreSQL (service \(service))"
        }
        let host = options["host"] ?? options["hostaddr"] ?? PostgresLibrary.standard("host") ?? "this machine"
        let port = options["port"] ?? PostgresLibrary.standard("port") ?? "5432"
        let database = options["dbname"] ?? PostgresLibrary.standard("dbname") ?? options["user"]
        return "PostgreSQL at \(host):\(port)" + (database.map { ", database \($0)" } ?? "")
    }
}

extension PostgresSettings {
    /// How the server's certificate is looked at, as libpq names it; nil where that is left to libpq.
    package var sslMode: String? {
        get throws(PostgresError) { try options()["sslmode"] }
    }
}
