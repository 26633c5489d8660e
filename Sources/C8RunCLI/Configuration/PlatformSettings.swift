/// Everything that is needed to call the platform: the result of laying flags over environment over profile over defaults.
struct PlatformSettings: Sendable, Equatable {
    /// The profile's name; `environment` where none was chosen and the environment or flags say everything.
    var profile: String
    var baseURL: BaseURL
    var accessKey: String
    /// Not read before a token must be fetched.
    var secret: Setting<SecretReference>
    /// Absolute paths of bindings files, weakest first.
    var bindings: [String]
    var state: StateLocation
    /// Seconds kept between two get-token calls.
    var tokenInterval: Double
    /// Fetch a token also while the database that keeps the state is away.
    var tokenWithoutState: Bool
    /// Requests for one call at most; nil for the client's own.
    var maximumAttempts: Int?
    /// Requests at a time; nil for any number.
    var maximumConcurrency: Int?
    /// Requests a second; nil for any number.
    var maximumRate: Double?
    /// Codes of the platform after which a call that may be repeated is repeated.
    var retryCodes: Set<Int64>
}
