/// The value of `--progress`.
enum ProgressChoice: String, Sendable, CaseIterable {
    /// A line of the terminal, or of the log where standard error is none.
    case auto
    case never
}
