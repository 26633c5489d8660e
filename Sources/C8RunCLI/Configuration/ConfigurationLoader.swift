import C8Platform

/// Finds and reads the configuration file and makes the layers. Reading a secret or a bindings file is left for later.
struct ConfigurationLoader: Sendable {
    var folders: ConfigurationFolders
    /// Reads a file of configuration size; replaced in tests.
    var readFile: @Sendable (String) throws(SmallFileError) -> SmallFile

    /// - Parameter readFile: reads a file; the standard one takes at most a mebibyte.
    init(
        folders: ConfigurationFolders,
        readFile: @escaping @Sendable (String) throws(SmallFileError) -> SmallFile = ConfigurationLoader.readSmallFile
    ) {
        self.folders = folders
        self.readFile = readFile
    }

    @Sendable static func readSmallFile(_ path: String) throws(SmallFileError) -> SmallFile {
        try SmallFile.read(path, limit: 1 << 20)
    }

    /// The layers for a command line.
    ///
    /// A configuration file that cannot be used is an error at once, also when the script never calls the platform. A
    /// missing default file, or no profile being chosen, is not: it matters only when a setting is needed.
    ///
    /// - Parameter warn: receives sentences for the operator.
    func load(
        _ request: ConfigurationRequest, warn: (String) -> Void = { _ in }
    ) throws(ConfigurationError) -> ConfigurationLayers {
        let file = try configurationFile(request, warn: warn)
        let name = try profileName(request, in: file)
        var profile = ConfigurationLayer()
        if let name, let file {
            guard let found = file.profiles[name.value] else {
                throw ConfigurationError(
                    unknownProfile(name.value, in: file), key: nil, origin: name.origin)
            }
            profile = found
        }
        return ConfigurationLayers(
            flags: flags(request),
            environment: try EnvironmentLayer.read(folders),
            profile: profile,
            profileName: name?.value,
            file: file?.path,
            knownProfiles: file?.profileNames ?? [],
            defaultStateFolder: folders.defaultStateFolder,
            allowInsecureHTTP: request.allowInsecureHTTP,
            secretVariables: file?.secretVariables ?? [],
            secretFiles: file?.secretFiles ?? [])
    }

    private func flags(_ request: ConfigurationRequest) -> ConfigurationLayer {
        var layer = ConfigurationLayer()
        layer.baseURL = request.baseURL.map { Setting($0, from: .flag("--base-url")) }
        if !request.bindings.isEmpty {
            layer.bindings = Setting(request.bindings.map(absolute), from: .flag("--bindings"))
        }
        return layer
    }

    // MARK: File

    private func configurationFile(
        _ request: ConfigurationRequest, warn: (String) -> Void
    ) throws(ConfigurationError) -> ConfigurationFile? {
        guard let location = location(request) else { return nil }
        let path = location.value
        let file: SmallFile
        do {
            file = try readFile(path)
        } catch let failure {
            if location.origin == .builtIn, failure.isNotFound { return nil }
            throw ConfigurationError(
                "cannot read the configuration file\(location.origin == .builtIn ? "" : " \(path)"): \(failure)",
                origin: location.origin == .builtIn ? .file(path: path, line: nil) : location.origin)
        }
        let parsed = try ConfigurationFile.parse(file.bytes, path: path, home: folders.home)
        if file.isReadableByOthers, parsed.holdsSecret {
            warn("\(path) holds a secret and can be read by other users: chmod 600 \(path)")
        }
        return parsed
    }

    private func location(_ request: ConfigurationRequest) -> Setting<String>? {
        if let path = request.file { return Setting(absolute(path), from: .flag("--config")) }
        if let path = folders.environment("C8_CONFIG") {
            return Setting(absolute(path), from: .environment("C8_CONFIG"))
        }
        return folders.defaultConfigurationFile.map { Setting($0, from: .builtIn) }
    }

    private func absolute(_ path: String) -> String {
        FilePath.absolute(path, relativeTo: folders.workingDirectory, home: folders.home)
    }

    // MARK: Profile

    private func profileName(
        _ request: ConfigurationRequest, in file: ConfigurationFile?
    ) throws(ConfigurationError) -> Setting<String>? {
        let named: Setting<String>?
        if let name = request.profile {
            named = Setting(name, from: .flag("--profile"))
        } else {
            named = folders.environment("C8_PROFILE").map { Setting($0, from: .environment("C8_PROFILE")) }
        }
        guard let named else { return file?.defaultProfile }
        guard file != nil else {
            let place = folders.defaultConfigurationFile.map { " (looked for \($0))" } ?? ""
            throw ConfigurationError(
                "there is no profile \"\(named.value)\": no configuration file was found\(place)", origin: named.origin)
        }
        return named
    }

    private func unknownProfile(_ name: String, in file: ConfigurationFile) -> String {
        let names = file.profileNames
        let hint = NearestNames.hint(name, among: names, limit: 1)
        let known =
            names.isEmpty ? "; it has none" : "; it has " + names.map { "\"\($0)\"" }.joined(separator: ", ")
        return "\(file.path) has no profile \"\(name)\"" + (hint.isEmpty ? known : hint)
    }
}
