/// What a function that rarely has to wait came to, on the script's thread.
package enum PromptAnswer: Sendable {
    /// Its results, without a wait.
    case values([LuaValue])
    /// What gives them, as a task of its own that the script awaits.
    case later(@Sendable () async throws -> [LuaValue])
}
