import Glibc

/// The folders that the environment decides, by the XDG base directory specification.
struct ConfigurationFolders: Sendable {
    /// The user's home folder, nil where neither `HOME` nor the user database knows one.
    var home: String?
    /// The folder that relative paths of flags and of the environment start from.
    var workingDirectory: String
    /// Looks up an environment variable; an empty value counts as unset.
    var environment: EnvironmentLookup

    init(home: String?, workingDirectory: String, environment: @escaping EnvironmentLookup) {
        self.home = home
        self.workingDirectory = workingDirectory
        self.environment = environment
    }

    /// The folders of the running process.
    static func current() -> ConfigurationFolders {
        let environment = ProcessEnvironment.lookup
        return ConfigurationFolders(
            home: environment("HOME") ?? homeFromUserDatabase(),
            workingDirectory: FilePath.workingDirectory(),
            environment: environment)
    }

    /// `$XDG_CONFIG_HOME/c8run/config.toml`, else `~/.config/c8run/config.toml`.
    var defaultConfigurationFile: String? {
        folder(variable: "XDG_CONFIG_HOME", belowHome: ".config").map { FilePath.join($0, "c8run/config.toml") }
    }

    /// `$XDG_STATE_HOME/c8run`, else `~/.local/state/c8run`.
    var defaultStateFolder: String? {
        folder(variable: "XDG_STATE_HOME", belowHome: ".local/state").map { FilePath.join($0, "c8run") }
    }

    /// The specification tells to ignore relative paths in its variables.
    private func folder(variable: String, belowHome: String) -> String? {
        if let path = environment(variable), path.hasPrefix("/") { return path }
        return home.map { FilePath.join($0, belowHome) }
    }

    private static func homeFromUserDatabase() -> String? {
        var record = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 4096)
        guard getpwuid_r(getuid(), &record, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
        guard let folder = record.pw_dir else { return nil }
        return String(cString: folder)
    }
}
