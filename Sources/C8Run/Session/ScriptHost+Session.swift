extension ScriptHost {
    /// Opens a session: a Lua state that stays, for texts and calls one after another.
    ///
    /// - Parameters:
    ///   - folder: `require` finds files below this folder; nil for none.
    ///   - arguments: what the session's texts find in `arg`.
    /// - Throws: ``ScriptError`` where a grant, a module or a secret of the configuration is wrong.
    public func session(folder: String? = nil, arguments: [String] = []) async throws -> ScriptSession {
        try await ScriptSession(configuration, folder: folder, arguments: arguments)
    }

    /// Opens a session for as long as the body runs, and closes it however that ends.
    public func withSession<Result>(
        folder: String? = nil, arguments: [String] = [],
        isolation: isolated (any Actor)? = #isolation,
        _ body: (ScriptSession) async throws -> Result
    ) async throws -> Result {
        let session = try await session(folder: folder, arguments: arguments)
        do {
            let result = try await body(session)
            await session.close()
            return result
        } catch {
            await session.close()
            throw error
        }
    }
}
