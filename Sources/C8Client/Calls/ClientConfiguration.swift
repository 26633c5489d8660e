/// Which platform, as which application.
package struct ClientConfiguration: Sendable {
    package var profile: String
    package var baseURL: String
    package var accessKey: String
    /// Asked for only when a token must be fetched.
    package var credentials: @Sendable () async throws -> Credentials
    /// Kept between two get-token calls.
    package var tokenInterval: Duration
    /// Bound on one exchange, unless the call says otherwise.
    package var timeout: Duration
    /// When calls are made again.
    package var retries: RetryPolicy
    /// Requests at a time; nil for any number.
    package var maximumConcurrency: Int?
    /// Requests a second; nil for any number.
    package var maximumRate: Double?
    /// Plain `http` to hosts other than this machine.
    package var allowInsecureHTTP: Bool
    /// Calls that would change something are made and checked, but not sent.
    package var isDryRun = false

    package init(
        profile: String = "default", baseURL: String, accessKey: String,
        credentials: @escaping @Sendable () async throws -> Credentials, tokenInterval: Duration = .seconds(60),
        timeout: Duration = .seconds(30), retries: RetryPolicy = RetryPolicy(), allowInsecureHTTP: Bool = false
    ) {
        self.profile = profile
        self.baseURL = baseURL
        self.accessKey = accessKey
        self.credentials = credentials
        self.tokenInterval = tokenInterval
        self.timeout = timeout
        self.retries = retries
        self.allowInsecureHTTP = allowInsecureHTTP
    }

    var tokenIntervalSeconds: Double {
        Double(tokenInterval.components.seconds) + Double(tokenInterval.components.attoseconds) / 1e18
    }
}
