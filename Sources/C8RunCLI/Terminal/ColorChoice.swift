/// The value of `--color`.
enum ColorChoice: String, Sendable, CaseIterable {
    case auto
    case always
    case never

    /// Whether to colour what goes to standard error.
    ///
    /// A choice on the command line wins over `NO_COLOR` (no-color.org); `auto` colours a terminal that is not `dumb`.
    func isEnabled(onTerminal: Bool, environment: EnvironmentLookup) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto: onTerminal && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
        }
    }
}
