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
        if !isBroken, SocketWait.hasInput(cpg_socket(connection)) { _ = cpg_take(connection) }
        return !isBroken && cpg_is_alive(connection)
    }

    /// Runs one statement, in a transaction of its own unless one was begun.
    ///
    /// - Parameter parameters: for `$1`, `$2`, …; nil for NULL.
    @discardableResult
    package func execute(
        _ statement: String, _ parameters: [(any PostgresParameter)?] = []
    ) throws(PostgresError) -> PostgresRows {
        hasSent = true
        let isSent = PostgresParameters(parameters).withPointers { buffer in
            cpg_send(connection, statement, Int32(buffer.count), buffer.baseAddress)
        }
        guard isSent else { throw broken() }
        try flush()
        var rows = PostgresRows(nil)
        var failure: PostgresError?
        while let result = try nextResult() {
            if result.isSuccess {
                rows = PostgresRows(result)
            } else if failure == nil {
                failure = .server(result.state, result.message, at: place)
            }
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

    /// Hands a statement to the kernel as a whole.
    private func flush() throws(PostgresError) {
        while true {
            switch cpg_flush(connection) {
            case CPG_READY: return
            case CPG_FAILED: throw broken()
            default:
                try wait(writing: true)
                // A server that is not read from may not read either.
                if SocketWait.hasInput(cpg_socket(connection)) { try take() }
            }
        }
    }

    /// Waits for the next result; nil behind the last.
    private func nextResult() throws(PostgresError) -> PostgresResult? {
        while cpg_is_busy(connection) {
            try wait(writing: false)
            try take()
        }
        return cpg_next(connection).map(PostgresResult.init)
    }

    private func take() throws(PostgresError) {
        guard cpg_take(connection) else { throw broken() }
    }

    private func wait(writing: Bool) throws(PostgresError) {
        switch SocketWait.wait(cpg_socket(connection), writing: writing, until: deadline) {
        case .ready: return
        case .failed: throw broken()
        case .timedOut: throw timedOut()
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
}
