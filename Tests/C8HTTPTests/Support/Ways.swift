/// The ways that a request may take through a transport. What holds for one holds for all.
enum Ways {
    /// Runs the body with AsyncHTTPClient, with plain connections that the thread serves which asks, and with plain ones that
    /// the transport's own thread serves.
    static func each<Value>(_ body: (_ usesPlainConnections: Bool) async throws -> Value) async throws -> Value {
        _ = try await body(false)
        let executor = try LoopExecutor()
        defer { executor.end() }
        _ = try await withTaskExecutorPreference(executor) { try await body(true) }
        return try await body(true)
    }
}
