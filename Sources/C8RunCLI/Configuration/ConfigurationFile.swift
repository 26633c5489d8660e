import C8Platform

/// A configuration file, read and checked: its profiles and which of them is the default.
struct ConfigurationFile: Sendable {
    /// Absolute path of the file.
    let path: String
    let defaultProfile: Setting<String>?
    let profiles: [String: ConfigurationLayer]

    /// The names of all profiles, sorted.
    var profileNames: [String] { profiles.keys.sorted() }

    /// The environment variables that any profile takes its secret from.
    var secretVariables: Set<String> {
        Set(
            profiles.values.flatMap(\.secretSources).compactMap {
                if case .environment(let name) = $0 { name } else { nil }
            })
    }

    /// The files that any profile takes its secret from.
    var secretFiles: Set<String> {
        Set(profiles.values.flatMap(\.secretSources).compactMap { if case .file(let path) = $0 { path } else { nil } })
    }

    /// True where a secret itself, not a reference to one, stands in the file.
    var holdsSecret: Bool {
        profiles.values.contains { profile in
            if case .literal? = profile.secret?.value.source { true } else { false }
        }
    }

    /// Checks the text of a configuration file whole: syntax, key names and types of every profile.
    ///
    /// - Parameters:
    ///   - bytes: the text.
    ///   - path: the file's absolute path; paths inside the file are relative to its folder.
    ///   - home: the home folder, for paths that begin with `~/`.
    static func parse(_ bytes: [UInt8], path: String, home: String?) throws(ConfigurationError) -> ConfigurationFile {
        let document = try TOMLDocument.parse(bytes, file: path)
        let reader = ProfileReader(file: path, lines: document.lines, home: home)
        try reader.checkKeys(of: document.root, at: [], known: ["default_profile", "profiles"])

        var profiles: [String: ConfigurationLayer] = [:]
        if let value = document.root["profiles"] {
            let tables = try reader.table(value, at: ["profiles"])
            for name in tables.keys.sorted() {
                guard let profile = tables[name] else { continue }
                profiles[name] = try reader.profile(profile, named: name)
            }
        }

        var defaultProfile: Setting<String>?
        if let value = document.root["default_profile"] {
            let name = try reader.string(value, at: ["default_profile"])
            guard profiles[name] != nil else {
                throw reader.error(
                    "names the profile \"\(name)\", which this file does not have"
                        + NearestNames.hint(name, among: profiles.keys.sorted(), limit: 1),
                    at: ["default_profile"])
            }
            defaultProfile = Setting(name, from: reader.origin(of: ["default_profile"]))
        }
        return ConfigurationFile(path: path, defaultProfile: defaultProfile, profiles: profiles)
    }
}
