/// Reads the secret that a reference names. Called only when a token must be fetched.
struct SecretReader: Sendable {
    var environment: EnvironmentLookup
    /// Receives a sentence for the operator, such as that a key file is readable by others.
    var warn: @Sendable (String) -> Void
    /// Run their commands where this process may start none itself; a command without one is started here.
    var helpers: [[String]: SecretHelper] = [:]

    /// The largest secret that is read from a file or a program, in bytes.
    private static let limit = 65_536

    /// The secret's text, without the line break at its end.
    ///
    /// - Throws: `ConfigurationError` naming the setting; never with the secret in it.
    func read(_ setting: Setting<SecretReference>) async throws(ConfigurationError) -> String {
        let text: String
        switch setting.value.source {
        case .literal(let secret): text = secret.text
        case .environment(let name): text = try fromEnvironment(name, for: setting)
        case .file(let path): text = try fromFile(path, for: setting)
        case .command(let arguments): text = try await fromCommand(arguments, for: setting)
        }
        try check(text, for: setting)
        return text
    }

    /// Reads the secret when it is asked for; nil where no setting names one.
    func provider(_ setting: Setting<SecretReference>?) -> (@Sendable () async throws -> String)? {
        guard let setting else { return nil }
        return { try await self.read(setting) }
    }

    private func fromEnvironment(
        _ name: String, for setting: Setting<SecretReference>
    ) throws(ConfigurationError) -> String {
        guard let text = environment(name) else {
            throw failure("the environment variable \(name) is not set", setting)
        }
        return text
    }

    private func fromFile(_ path: String, for setting: Setting<SecretReference>) throws(ConfigurationError) -> String {
        let file: SmallFile
        do {
            file = try SmallFile.read(path, limit: SecretReader.limit)
        } catch let problem {
            throw failure("cannot read \(path): \(problem)", setting)
        }
        if file.isReadableByOthers { warn("the key file \(path) can be read by other users: chmod 600 \(path)") }
        return try text(file.bytes, of: "the file \(path)", setting)
    }

    private func fromCommand(
        _ arguments: [String], for setting: Setting<SecretReference>
    ) async throws(ConfigurationError) -> String {
        let program = arguments.first ?? ""
        let output: [UInt8]
        do {
            if let helper = helpers[arguments] {
                output = try await helper.run()
            } else {
                output = try await Self.command(arguments).run()
            }
        } catch let problem {
            throw failure("the command \(program) \(problem.reason)", setting)
        }
        return try text(output, of: "the output of \(program)", setting)
    }

    /// The command of a reference, as it is run.
    static func command(_ arguments: [String]) -> SecretCommand {
        SecretCommand(arguments: arguments, limit: limit)
    }

    /// The bytes as text, without one line break at the end.
    private func text(
        _ bytes: [UInt8], of what: String, _ setting: Setting<SecretReference>
    ) throws(ConfigurationError) -> String {
        var bytes = bytes[...]
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw failure("\(what) is not UTF-8 text", setting)
        }
        return text
    }

    private func check(_ text: String, for setting: Setting<SecretReference>) throws(ConfigurationError) {
        guard !text.isEmpty else { throw failure("\(setting.value) is empty", setting) }
        guard setting.value.kind == .secretKeySign else { return }
        let isSign =
            text.utf8.count == 32
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        guard isSign else {
            throw failure(
                "\(setting.value) is no sign: expected the MD5 of the secret as 32 lower-case hex digits", setting)
        }
    }

    private func failure(_ message: String, _ setting: Setting<SecretReference>) -> ConfigurationError {
        ConfigurationError(message, key: nil, origin: setting.origin)
    }
}
