/// Where tokens and flows are kept between runs.
enum StateLocation: Sendable, Equatable {
    /// An SQLite database in this folder.
    case folder(String)
    /// Tables in a PostgreSQL database. The password, where a setting of its own says where it is to be found.
    case database(url: String, password: Setting<SecretReference>?)

    /// Reads the setting `state`: a folder, or a URL of a kind that is supported.
    static func parse(
        _ setting: Setting<String>, password: Setting<SecretReference>? = nil, key: String?
    ) throws(ConfigurationError) -> StateLocation {
        let text = setting.value
        guard let colon = text.firstRange(of: "://") else { return .folder(text) }
        let scheme = text[..<colon.lowerBound].lowercased()
        switch scheme {
        case "postgres", "postgresql": return .database(url: text, password: password)
        default:
            throw ConfigurationError(
                "\"\(scheme)://\" is no kind of state: give a folder, or a URL such as "
                    + "postgres://user@host/database, or leave it out", key: key, origin: setting.origin)
        }
    }
}
