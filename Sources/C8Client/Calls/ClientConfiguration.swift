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
    /// Requests at a time; nil for ``standardConcurrency``.
    package var maximumConcurrency: Int?
    /// Requests a second; nil for any number.
    package var maximumRate: Double?
    /// Plain `http` to hosts other than this machine.
    package var allowInsecureHTTP: Bool
    /// Calls that would change something are made and checked, but not sent.
    package var isDryRun = false

    /// Where a token is asked for (page 获取 AccessToken, 1.1).
    package static let tokenPath = "/cncop/ca/v1/applications/get-token"

    /// The one text of the base URL, without a slash at its end, which all requests begin with; as it is where it cannot be used.
    package var canonicalBaseURL: String { BaseAddress.canonical(baseURL) }

    /// As many connections as the transport opens to one host: beyond them it would queue requests whose time runs already.
    static let standardConcurrency = 64

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

    /// A rate of nothing would be a wait without end.
    func checkLimits() throws(ClientError) {
        if let rate = maximumRate, !(rate > 0 && rate.isFinite) {
            throw ClientError(
                kind: .config, message: "max_rate is \(rate) requests a second; it must be above 0", outcome: .notSent)
        }
        if let most = maximumConcurrency, most < 1 {
            throw ClientError(
                kind: .config, message: "max_concurrency is \(most) requests at a time; it must be at least 1",
                outcome: .notSent)
        }
    }

    var tokenIntervalSeconds: Double {
        Double(tokenInterval.components.seconds) + Double(tokenInterval.components.attoseconds) / 1e18
    }
}
