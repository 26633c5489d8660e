/// The version of c8run, as `--version` prints it.
enum Version {
    static let text = "0.1.0"
    /// The day of this version, for the manual page.
    static let date = "2026-11-26"
}
