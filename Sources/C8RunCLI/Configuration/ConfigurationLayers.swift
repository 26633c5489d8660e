import C8Client

/// The layering rule, free of input and output: flag over environment over profile over default.
struct ConfigurationLayers: Sendable {
    var flags: ConfigurationLayer
    var environment: ConfigurationLayer
    var profile: ConfigurationLayer
    /// The chosen profile's name; nil where none was chosen.
    var profileName: String?
    /// The file that profiles were looked for in, for messages; nil where there is none.
    var file: String?
    /// The profiles that the file has, for messages.
    var knownProfiles: [String]
    /// The folder for tokens where nothing else is set; nil where no home folder is known.
    var defaultStateFolder: String?
    /// `--allow-insecure-http`.
    var allowInsecureHTTP: Bool
    /// The environment variables that profiles of the file take secrets from; scripts never see them.
    var secretVariables: Set<String> = []
    /// The files that profiles of the file keep secrets in; scripts never reach them.
    var secretFiles: Set<String> = []

    /// The folder for tokens, where it is one; wrong settings are reported when the platform is used.
    var stateFolder: String? {
        if case .folder(let path)? = try? state() { return path }
        return nil
    }

    /// The secrets of other systems that the profile names.
    var secrets: [String: HostSecretReference] { profile.secrets }

    /// Bindings files of all layers, absolute, weakest first: of two that bind one operation the later counts, so that a
    /// flag need name only what differs from the profile. Needs no other setting.
    var bindings: [String] {
        [profile, environment, flags].flatMap { $0.bindings?.value ?? [] }
    }

    /// The settings for calling the platform, or the first thing that is missing or wrong.
    func platformSettings() throws(ConfigurationError) -> PlatformSettings {
        let baseURL = try checkedBaseURL()
        let accessKey = try required(\.accessKey, key: "access_key", variable: "C8_ACCESS_KEY", flag: nil)
        // The key goes into a JSON body and a hash alone, but a stray line break is always a copying mistake.
        guard accessKey.value.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
            throw error("holds a space or a control character", key: "access_key", origin: accessKey.origin)
        }
        let secret = try required(\.secret, key: "secret_key", variable: "C8_SECRET_KEY", flag: nil)
        return PlatformSettings(
            profile: profileName ?? "environment",
            baseURL: baseURL,
            accessKey: accessKey.value,
            secret: secret,
            bindings: bindings,
            state: try state(),
            tokenInterval: setting(\.tokenInterval)?.value ?? TokenInterval.standard,
            tokenWithoutState: profile.tokenWithoutState ?? false,
            maximumAttempts: profile.maximumAttempts,
            maximumConcurrency: profile.maximumConcurrency,
            maximumRate: profile.maximumRate,
            retryCodes: profile.retryCodes)
    }

    /// Which application of which platform is meant, whether or not its secret is known here; nil where nothing tells.
    func application() throws(ConfigurationError) -> TokenKey? {
        guard setting(\.baseURL) != nil, let accessKey = setting(\.accessKey) else { return nil }
        return .application(baseURL: try checkedBaseURL().description, accessKey: accessKey.value)
    }

    /// Where tokens are kept.
    func state() throws(ConfigurationError) -> StateLocation {
        if let setting = setting(\.state) {
            return try StateLocation.parse(setting, password: self.setting(\.statePassword), key: keyName("state"))
        }
        guard let folder = defaultStateFolder else {
            throw ConfigurationError(
                "no folder for tokens: set C8_STATE, XDG_STATE_HOME or HOME", key: "state", origin: .builtIn)
        }
        return .folder(folder)
    }

    private func checkedBaseURL() throws(ConfigurationError) -> BaseURL {
        let setting = try required(\.baseURL, key: "base_url", variable: "C8_BASE_URL", flag: "--base-url")
        let url: BaseURL
        do {
            url = try BaseURL(parsing: setting.value)
        } catch let failure {
            throw error(failure.reason, key: "base_url", origin: setting.origin)
        }
        guard url.scheme == "https" || url.isLoopback || allowInsecureHTTP else {
            throw error(
                "plain http would send the credentials in the clear to \(url.host): use https, or accept it with "
                    + "--allow-insecure-http", key: "base_url", origin: setting.origin)
        }
        return url
    }

    private func setting<Value>(_ path: KeyPath<ConfigurationLayer, Setting<Value>?>) -> Setting<Value>? {
        flags[keyPath: path] ?? environment[keyPath: path] ?? profile[keyPath: path]
    }

    private func required<Value>(
        _ path: KeyPath<ConfigurationLayer, Setting<Value>?>, key: String, variable: String, flag: String?
    ) throws(ConfigurationError) -> Setting<Value> {
        if let setting = setting(path) { return setting }
        let ways = (flag.map { "\($0), " } ?? "") + variable
        guard let file else {
            throw ConfigurationError(
                "no \(key): set \(ways), or write a configuration file with a profile", origin: .builtIn)
        }
        guard let profileName else {
            let names = knownProfiles.map { "\"\($0)\"" }.joined(separator: ", ")
            let choice = names.isEmpty ? "the file has no profiles" : "choose a profile with --profile: \(names)"
            throw ConfigurationError(
                "no \(key), and no profile chosen: set \(ways), or \(choice)", origin: .file(path: file, line: nil))
        }
        throw ConfigurationError(
            "missing: add it to the profile, or set \(ways)", key: "profiles.\(profileName).\(key)",
            origin: .file(path: file, line: nil))
    }

    private func error(_ message: String, key: String, origin: SettingOrigin) -> ConfigurationError {
        ConfigurationError(message, key: keyName(key), origin: origin)
    }

    private func keyName(_ key: String) -> String { profileName.map { "profiles.\($0).\(key)" } ?? key }
}
