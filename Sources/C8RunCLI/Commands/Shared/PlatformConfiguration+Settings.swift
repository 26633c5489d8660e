import C8Client
import C8Run

extension PlatformConfiguration {
    /// The host's configuration for the layers of flags, environment and file.
    ///
    /// - Parameter secrets: reads the secret when a token must be fetched, not before.
    /// - Throws: `ClientError` of kind `config` where a setting is missing or wrong: scripts see it as such, too.
    init(_ layers: ConfigurationLayers, dryRun: Bool, secrets: SecretReader) throws(ClientError) {
        let settings: PlatformSettings
        do {
            settings = try layers.platformSettings()
        } catch {
            throw ClientError(error)
        }
        let reference = settings.secret
        let provider: @Sendable () async throws -> String = {
            do {
                return try await secrets.read(reference)
            } catch let problem as ConfigurationError {
                throw ClientError(problem)
            }
        }
        let state: PlatformConfiguration.State =
            switch settings.state {
            case .folder(let path): .folder(path)
            case .database(let url, let password):
                .database(url: url, password: secrets.provider(password))
            }
        self.init(
            profile: settings.profile,
            baseURL: settings.baseURL.description,
            accessKey: settings.accessKey,
            secret: reference.value.kind == .secretKey ? .secretKey(provider) : .secretKeySign(provider),
            bindings: settings.bindings.map { .file($0) },
            state: state,
            tokenInterval: .milliseconds(Int64((settings.tokenInterval * 1000).rounded(.up))),
            allowInsecureHTTP: layers.allowInsecureHTTP,
            dryRun: dryRun)
        fetchesTokenWithoutState = settings.tokenWithoutState
        if let attempts = settings.maximumAttempts { maximumAttempts = attempts }
        retryCodes = settings.retryCodes
        maximumConcurrency = settings.maximumConcurrency
        maximumRate = settings.maximumRate
    }
}

extension ClientError {
    /// A configuration mistake as scripts and the exit code table see it; nothing was sent.
    init(_ error: ConfigurationError) {
        self.init(kind: .config, message: error.description, outcome: .notSent)
    }
}
