/// Where tokens are kept between runs.
enum StateLocation: Sendable, Equatable {
    /// An SQLite database in this folder.
    case folder(String)

    /// Reads the setting `state`: a folder, or a URL of a kind that is supported (none yet).
    static func parse(_ setting: Setting<String>, key: String?) throws(ConfigurationError) -> StateLocation {
        let text = setting.value
        guard let colon = text.firstRange(of: "://") else { return .folder(text) }
        let scheme = text[..<colon.lowerBound].lowercased()
        switch scheme {
        case "postgres", "postgresql":
            throw ConfigurationError(
                "a PostgreSQL state is not supported yet: give a folder, or leave it out", key: key,
                origin: setting.origin)
        default:
            throw ConfigurationError(
                "\"\(scheme)://\" is no kind of state: give a folder, or leave it out", key: key,
                origin: setting.origin)
        }
    }
}
