/// The layer that the `C8_…` environment variables make.
enum EnvironmentLayer {
    /// Reads `C8_BASE_URL`, `C8_ACCESS_KEY`, `C8_SECRET_KEY`, `C8_SECRET_KEY_SIGN`, `C8_BINDINGS`, `C8_STATE` and
    /// `C8_TOKEN_INTERVAL`. (`C8_CONFIG` and `C8_PROFILE` decide which file and profile are read, before layers exist.)
    static func read(_ folders: ConfigurationFolders) throws(ConfigurationError) -> ConfigurationLayer {
        var layer = ConfigurationLayer()
        layer.baseURL = text("C8_BASE_URL", folders)
        layer.accessKey = text("C8_ACCESS_KEY", folders)
        layer.secret = try secret(folders)
        layer.bindings = text("C8_BINDINGS", folders).map { setting in
            Setting([absolute(setting.value, folders)], from: setting.origin)
        }
        layer.state = text("C8_STATE", folders).map { setting in
            let isURL = setting.value.contains("://")
            return Setting(isURL ? setting.value : absolute(setting.value, folders), from: setting.origin)
        }
        if let setting = text("C8_TOKEN_INTERVAL", folders) {
            guard let seconds = Double(setting.value), TokenInterval.isValid(seconds) else {
                throw ConfigurationError("\(TokenInterval.rule); got \"\(setting.value)\"", origin: setting.origin)
            }
            layer.tokenInterval = Setting(seconds, from: setting.origin)
        }
        return layer
    }

    private static func secret(_ folders: ConfigurationFolders) throws(ConfigurationError) -> Setting<SecretReference>?
    {
        let key = text("C8_SECRET_KEY", folders)
        let sign = text("C8_SECRET_KEY_SIGN", folders)
        if key != nil, let sign {
            throw ConfigurationError("stands beside C8_SECRET_KEY: unset one of them", origin: sign.origin)
        }
        guard let setting = key ?? sign else { return nil }
        let kind: SecretReference.Kind = key != nil ? .secretKey : .secretKeySign
        let reference = SecretReference(kind: kind, source: .literal(LiteralSecret(setting.value)))
        return Setting(reference, from: setting.origin)
    }

    private static func text(_ name: String, _ folders: ConfigurationFolders) -> Setting<String>? {
        folders.environment(name).map { Setting($0, from: .environment(name)) }
    }

    private static func absolute(_ path: String, _ folders: ConfigurationFolders) -> String {
        FilePath.absolute(path, relativeTo: folders.workingDirectory, home: folders.home)
    }
}
