/// The settings that one place holds: the flags, the environment or a profile. What a layer leaves open, the next one sets.
struct ConfigurationLayer: Sendable, Equatable {
    var baseURL: Setting<String>?
    var accessKey: Setting<String>?
    var secret: Setting<SecretReference>?
    /// Paths of bindings files, absolute; nil means "not set", an empty list cannot be set.
    var bindings: Setting<[String]>?
    /// A folder (absolute) or a URL.
    var state: Setting<String>?
    /// The password of a database that keeps the state; a profile alone sets it.
    var statePassword: Setting<SecretReference>?
    /// Seconds between two get-token calls.
    var tokenInterval: Setting<Double>?
    /// Fetch a token also while the database that keeps the state is away; a profile alone sets it.
    var tokenWithoutState: Bool?
    /// Requests for one call at most; a profile alone sets it.
    var maximumAttempts: Int?
    /// Requests at a time; a profile alone sets it.
    var maximumConcurrency: Int?
    /// Requests a second; a profile alone sets it.
    var maximumRate: Double?
    /// Codes of the platform after which a call that may be repeated is repeated; a profile alone sets them.
    var retryCodes: Set<Int64> = []
    /// Secrets of other systems, by name.
    var secrets: [String: HostSecretReference] = [:]

    /// Every secret that is named here, the platform's own among them.
    var secretSources: [SecretReference.Source] {
        ([secret?.value.source, statePassword?.value.source] + secrets.values.map(\.secret.value.source)).compactMap {
            $0
        }
    }

    init() {}
}
