/// What is known of a string.
struct KnownText: Sendable, Equatable {
    /// What it begins with.
    var text: String
    /// Whether that is all of it.
    var isWhole = true
    /// Whether it is so only where nothing else was given, as in `... or "inbox"`.
    var isDefault = false
}
