import Glibc
import Synchronization

/// One connection to a database, made when it is first needed and made again when it breaks. Many may use it at once: one
/// after the other is served, in the order in which they came.
///
/// Nothing is left on the server's side between two uses, so that a pooler may stand between (PgBouncer in transaction mode).
package final class PostgresConnection: Sendable {
    /// What a use may take, waiting for its turn and for the server included.
    package static let patience = Duration.seconds(10)

    private let settings: PostgresSettings
    private let thread = Mutex<PostgresThread?>(nil)
    private let password = Mutex<String?>(nil)

    package init(_ settings: PostgresSettings) {
        self.settings = settings
    }

    /// Does something with the connection, on its thread. Where the connection breaks meanwhile or two transactions collide,
    /// the body is run again on a new one, after a rest, as long as there is time: it has to find out what it has done.
    ///
    /// Goes on to its end though the task that called it is cancelled.
    ///
    /// - Parameters:
    ///   - patience: how long it may take.
    ///   - body: is told whether it has been run before and may have taken place.
    /// - Throws: ``PostgresError``, or what the body throws.
    package func perform<Value: Sendable>(
        within patience: Duration = PostgresConnection.patience,
        _ body: @escaping @Sendable (PostgresSession, _ isRepeated: Bool) throws -> Value
    ) async throws -> Value {
        let deadline = ContinuousClock.now + patience
        let password = try await currentPassword()
        let thread = try started()
        do {
            return try await withCheckedThrowingContinuation { continuation in
                thread.perform { [settings] session in
                    continuation.resume(
                        with: Result { try Self.run(settings, password, &session, until: deadline, body) })
                }
            }
        } catch let error as PostgresError {
            // It may have been changed.
            if error.kind == .credentials { self.password.withLock { $0 = nil } }
            throw error
        }
    }

    private static func run<Value>(
        _ settings: PostgresSettings, _ password: String?, _ session: inout PostgresSession?,
        until deadline: ContinuousClock.Instant, _ body: (PostgresSession, Bool) throws -> Value
    ) throws -> Value {
        var pause = ReconnectPause()
        var isRepeated = false
        while true {
            do {
                if session?.isUsable == false { session = nil }
                let current = try session ?? .open(settings, password: password, until: deadline)
                session = current
                current.deadline = deadline
                current.hasSent = false
                return try body(current, isRepeated)
            } catch let error as PostgresError {
                if session?.hasSent == true { isRepeated = true }
                if session?.isUsable == false { session = nil }
                let rest = pause.next()
                guard error.mayPass, ContinuousClock.now + .seconds(rest) < deadline else { throw error }
                usleep(UInt32(rest * 1e6))
            }
        }
    }

    private func started() throws(PostgresError) -> PostgresThread {
        try thread.withLock { thread throws(PostgresError) in
            if let thread { return thread }
            let started = try PostgresThread()
            thread = started
            return started
        }
    }

    private func currentPassword() async throws -> String? {
        guard let source = settings.password else { return nil }
        if let known = password.withLock({ $0 }) { return known }
        let text = try await source()
        password.withLock { $0 = text }
        return text
    }
}
