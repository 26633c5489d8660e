/// PostgreSQL cannot be used, or does not do what it was asked for.
package struct PostgresError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, as far as the remedy depends on it.
    package enum Kind: String, Sendable, CaseIterable {
        /// The URL, the service or a setting makes no sense, or names a database that does not exist.
        case settings
        /// The client library is missing.
        case library
        /// The user or the password is refused.
        case credentials
        /// The server's certificate cannot be verified, or it offers none.
        case certificate
        /// Nobody answers, or the server takes no connections at the moment.
        case unreachable
        /// The connection broke while a statement was under way: whether it took place is not known.
        case lost
        /// A statement took longer than it may: whether it took place is not known.
        case timedOut
        /// Two transactions stood in each other's way, and this one was undone.
        case conflict
        /// The server is of a version that is too old.
        case oldServer
        /// The database does not keep text as UTF-8.
        case encoding
        /// The user may not do that.
        case rights
        /// The server's disk is full.
        case full
        /// A newer version of this program has changed the tables.
        case newerSchema
        /// The tables are those of an older version of this program.
        case olderSchema
        /// Anything else that the server says of a statement.
        case statement
    }

    package let kind: Kind
    /// Which server is meant, without any password.
    package let place: String
    /// What is wrong, in words.
    package let problem: String
    /// The server's code for it (SQLSTATE, PostgreSQL's appendix A); nil where it did not come from the server.
    package let code: String?

    package init(_ kind: Kind, at place: String, _ problem: String, code: String? = nil) {
        self.kind = kind
        self.place = place
        self.problem = problem
        self.code = code
    }

    /// Whether it may pass by itself: another try makes sense.
    package var mayPass: Bool {
        switch kind {
        case .unreachable, .lost, .conflict: true
        default: false
        }
    }

    /// Whether the server, and not the configuration, is to be looked after.
    package var isUnavailable: Bool {
        switch kind {
        case .unreachable, .lost, .timedOut, .conflict, .full: true
        default: false
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch kind {
        case .settings: "write state = \"postgres://user@host:5432/database\", and see that the database exists"
        case .library: "install it, or give a folder as the state"
        case .credentials:
            "check user and password (state_password_file, state_password_command or ~/.pgpass), and the server's "
                + "pg_hba.conf"
        case .certificate:
            "give the authority's certificate with sslrootcert=FILE in the URL, or say with sslmode=… that it need not be "
                + "verified"
        case .unreachable, .lost, .timedOut, .conflict: "see that the server runs and can be reached, then try again"
        case .oldServer: "use PostgreSQL 13 or newer"
        case .encoding: "create the database with: createdb -E UTF8 -T template0"
        case .rights:
            "let the database's owner run: c8run state migrate, or GRANT the user what is missing"
        case .full: "make room on the database server's disk"
        case .newerSchema: "update c8run on this machine"
        case .olderSchema: "run: c8run state migrate"
        case .statement: "look into the server's log"
        }
    }

    package var description: String { "the state in \(place) cannot be used: \(problem); \(remedy)" }
}
