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
}
