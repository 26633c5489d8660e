import CPostgres
import Glibc

extension PostgresSession {
    /// Connects, on the calling thread.
    ///
    /// - Parameter password: overrides what the URL says.
    static func open(
        _ settings: PostgresSettings, password: String?, until deadline: ContinuousClock.Instant
    ) throws(PostgresError) -> PostgresSession {
        var options = try settings.options()
        if let password { options["password"] = password }
        let place = settings.place(options)
        if settings.usesService(options), options["sslmode"] == nil, getenv("PGSSLMODE") == nil,
            try isUnverifiedElsewhere(options, place)
        {
            PostgresSettings.verify(&options)
        }
        let candidates = settings.candidates(options)
        var problems: [String] = []
        for (index, candidate) in candidates.enumerated() {
            // What one leaves of its share is the others'.
            let share = (deadline - .now) / (candidates.count - index)
            do {
                return try open(candidate, settings, place, until: .now + share)
            } catch {
                guard candidates.count > 1 else { throw error }
                guard error.isUnavailable else { throw error }
                problems.append(error.problem)
            }
        }
        throw PostgresError(.unreachable, at: place, problems.joined(separator: "; "))
    }

    private static func open(
        _ options: [String: String], _ settings: PostgresSettings, _ place: String,
        until deadline: ContinuousClock.Instant
    ) throws(PostgresError) -> PostgresSession {
        guard let connection = start(options) else { throw PostgresError(.unreachable, at: place, "not enough memory") }
        let session = PostgresSession(connection, place: place)
        try connect(connection, place, until: deadline)
        try check(connection, settings, place)
        return session
    }

    /// Whether the service file leads to another machine without a word on TLS.
    private static func isUnverifiedElsewhere(
        _ options: [String: String], _ place: String
    ) throws(PostgresError) -> Bool {
        guard let connection = start(options) else { throw PostgresError(.unreachable, at: place, "not enough memory") }
        defer { cpg_finish(connection) }
        func option(_ name: String) -> String? {
            guard let text = cpg_option(connection, name) else { return nil }
            defer { free(text) }
            return String(cString: text)
        }
        let host = option("hostaddr") ?? option("host") ?? ""
        return option("sslmode") == "prefer" && !PostgresSettings.isLocal(host)
    }

    private static func start(_ options: [String: String]) -> OpaquePointer? {
        let names = options.keys.map { strdup($0) } + [nil]
        let values = options.values.map { strdup($0) } + [nil]
        defer { for text in names + values { free(text) } }
        return names.map { UnsafePointer($0) }.withUnsafeBufferPointer { names in
            values.map { UnsafePointer($0) }.withUnsafeBufferPointer { values in
                guard let names = names.baseAddress, let values = values.baseAddress else { return nil }
                return cpg_start(names, values)
            }
        }
    }

    private static func connect(
        _ connection: OpaquePointer, _ place: String, until deadline: ContinuousClock.Instant
    ) throws(PostgresError) {
        var wait = cpg_begin(connection)
        while wait != CPG_READY {
            guard wait != CPG_FAILED else {
                throw .connecting(String(cString: cpg_error(connection)), at: place)
            }
            let isWriting = wait == CPG_WRITING
            switch SocketWait.wait(
                cpg_socket(connection), writing: isWriting, reading: !isWriting, until: deadline)
            {
            case .timedOut: throw PostgresError(.unreachable, at: place, "it does not answer in time")
            case .ready, .failed: wait = cpg_connect(connection)
            }
        }
    }

    private static func check(
        _ connection: OpaquePointer, _ settings: PostgresSettings, _ place: String
    ) throws(PostgresError) {
        let version = cpg_server_version(connection)
        guard version >= settings.leastServerVersion else {
            throw PostgresError(
                .oldServer, at: place,
                "it is version \(version / 10_000), and \(settings.leastServerVersion / 10_000) is needed")
        }
        let encoding = cpg_parameter(connection, "server_encoding").map { String(cString: $0) }
        guard encoding == nil || encoding == "UTF8" else {
            throw PostgresError(.encoding, at: place, "the database keeps text as \(encoding ?? "")")
        }
    }
}
