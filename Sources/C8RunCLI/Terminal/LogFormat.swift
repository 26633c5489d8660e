/// The value of `--log-format`.
enum LogFormat: String, Sendable, CaseIterable {
    /// One readable line for each message.
    case text
    /// One JSON object on a line for each message.
    case json
}
