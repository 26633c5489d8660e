import CPostgres
import Glibc

/// A connection, on the one thread that may use it. Its methods wait on that thread.
package final class PostgresSession {
    /// The server, for errors.
    package let place: String
    private let connection: OpaquePointer
    /// When what is under way must be over.
    var deadline = ContinuousClock.now
    /// Whether a statement has been sent since this was set back.
    var hasSent = false
    private var isBroken = false

    init(_ connection: OpaquePointer, place: String) {
        self.connection = connection
        self.place = place
    }

    deinit {
        cpg_finish(connection)
    }

    /// Whether it can be used for a statement, as far as can be told without one.
    var isUsable: Bool {
        if !isBroken, SocketWait.hasInput(cpg_socket(connection)) { cpg_notice(connection) }
        return !isBroken && cpg_is_alive(connection)
    }

    /// Runs one statement, in a transaction of its own unless one was begun.
    ///
    /// - Parameter parameters: for `$1`, `$2`, …; nil for NULL.
    @discardableResult
    package func execute(
        _ statement: String, _ parameters: [(any PostgresParameter)?] = []
    ) throws(PostgresError) -> PostgresRows {
        let texts = parameters.map { $0.flatMap { strdup($0.postgresText) } }
        defer { for text in texts { free(text) } }
        hasSent = true
        let isSent = texts.map { UnsafePointer($0) }.withUnsafeBufferPointer { buffer in
            cpg_send(connection, statement, Int32(buffer.count), buffer.baseAddress)
        }
        guard isSent else { throw broken() }
        try waitForResult()
        var rows = PostgresRows(columns: [], values: [])
        var failure: PostgresError?
        while let result = cpg_next(connection) {
            defer { cpg_clear(result) }
            if cpg_succeeded(result) {
                rows = Self.rows(result)
            } else if failure == nil {
                failure = .server(
                    String(cString: cpg_state(result)), String(cString: cpg_message(result)), at: place)
            }
            // The rest of the answer may not be there yet.
            try waitForResult()
        }
        guard let failure else { return rows }
        // A server that became a standby, or has no room for us, is to be looked for anew.
        if failure.kind == .lost { isBroken = true }
        throw failure
    }

    /// Runs several statements that take place together or not at all.
    package func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        try execute("BEGIN")
        do {
            let value = try body()
            try execute("COMMIT")
            return value
        } catch {
            if isUsable {
                do { try execute("ROLLBACK") } catch { isBroken = true }
            }
            throw error
        }
    }

    private func waitForResult() throws(PostgresError) {
        while true {
            switch cpg_progress(connection) {
            case CPG_READY: return
            case CPG_FAILED: throw broken()
            case let wait:
                switch SocketWait.wait(cpg_socket(connection), writing: wait == CPG_WRITING, until: deadline) {
                case .ready: continue
                case .failed: throw broken()
                case .timedOut: throw timedOut()
                }
            }
        }
    }

    private func broken() -> PostgresError {
        isBroken = true
        let (code, text) = PostgresError.split(String(cString: cpg_error(connection)))
        return PostgresError(.lost, at: place, text.isEmpty ? "the connection broke" : text, code: code)
    }

    private func timedOut() -> PostgresError {
        isBroken = true
        if let cancellation = cpg_cancellation_of(connection) {
            // It opens a connection, to a server that may not answer: nobody waits for it.
            CancellationThread.run(cancellation)
        }
        return PostgresError(.timedOut, at: place, "it does not answer in time")
    }

    private static func rows(_ result: OpaquePointer) -> PostgresRows {
        let width = cpg_columns(result)
        let columns = (0..<width).map { String(cString: cpg_name(result, $0)) }
        let values = (0..<cpg_rows(result)).map { row in
            (0..<width).map { column -> String? in
                guard let value = cpg_value(result, row, column) else { return nil }
                let bytes = UnsafeRawBufferPointer(start: value, count: cpg_length(result, row, column))
                return String(decoding: bytes, as: UTF8.self)
            }
        }
        return PostgresRows(columns: columns, values: values)
    }
}
