/// A configuration that cannot be used: which file, line and key, and what to do about it. Exit code 78.
///
/// The message never holds the value of a secret: places that read one describe it instead.
struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Where the offending value stands.
    var origin: SettingOrigin
    /// The configuration key in dotted form (`profiles.factory.base_url`), nil where no single key is to blame.
    var key: String?
    /// What is wrong and what to do, without the place.
    var message: String

    init(_ message: String, key: String? = nil, origin: SettingOrigin) {
        self.message = message
        self.key = key
        self.origin = origin
    }

    /// `/etc/c8run.toml:7: profiles.factory.base_url: must begin with https://`.
    var description: String {
        var parts: [String] = []
        if let place = origin.place { parts.append(place) }
        if let key, origin.namesKeyItself == false { parts.append(key) }
        parts.append(message)
        return parts.joined(separator: ": ")
    }
}
