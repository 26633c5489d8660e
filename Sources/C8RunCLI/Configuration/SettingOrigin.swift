/// Where a setting came from, so that an error can point at it.
enum SettingOrigin: Sendable, Hashable {
    /// An option of the command line, with its dashes.
    case flag(String)
    /// An environment variable, by name.
    case environment(String)
    /// A configuration file, with the line (from 1) where it is known.
    case file(path: String, line: Int?)
    /// Nothing was set: what c8run assumes.
    case builtIn

    /// The origin as it opens an error message: `--base-url`, `C8_BASE_URL`, `/etc/c8run.toml:7`; nil for defaults.
    var place: String? {
        switch self {
        case .flag(let name), .environment(let name): name
        case .file(let path, let line?): "\(path):\(line)"
        case .file(let path, nil): path
        case .builtIn: nil
        }
    }

    /// True where `place` is already the name of the setting, so that the key need not be repeated.
    var namesKeyItself: Bool {
        switch self {
        case .flag, .environment: true
        case .file, .builtIn: false
        }
    }
}
