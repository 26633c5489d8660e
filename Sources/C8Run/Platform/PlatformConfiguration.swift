/// Which platform scripts talk to, as which application, and where the token is kept.
public struct PlatformConfiguration: Sendable {
    /// The application's secret, or its MD5 sign, which is all that some integrators hold. Asked for only when a token
    /// must be fetched.
    public enum Secret: Sendable {
        case secretKey(@Sendable () async throws -> String)
        case secretKeySign(@Sendable () async throws -> String)
    }

    /// Where bindings come from; of two for one operation, the later counts.
    public enum Bindings: Sendable {
        /// A bindings file, read when the platform is first used.
        case file(String)
        /// The content of one, with the name that errors show.
        case data([UInt8], name: String)
    }

    /// Where the token is kept between runs.
    public enum State: Sendable {
        /// An SQLite database in this folder, shared by all processes that use the same.
        case folder(String)
        /// Tables in a PostgreSQL database, shared by all machines that use the same.
        ///
        /// `url` is one of libpq's, such as `postgres://user@host/database`; what it leaves open comes from libpq's
        /// environment, service and password files. `password` gives the password where it comes from elsewhere.
        case database(url: String, password: (@Sendable () async throws -> String)? = nil)
        /// Nowhere: every host fetches its own.
        case memory
    }

    /// Shown to scripts as `c8.profile`.
    public var profile: String
    /// Scheme, host and perhaps a path prefix: `https://sapi.supercarrier8.com`.
    public var baseURL: String
    /// The application's key.
    public var accessKey: String
    /// The application's secret, or its sign.
    public var secret: Secret
    /// Bindings files, weakest first.
    public var bindings: [Bindings]
    /// Where the token is kept.
    public var state: State
    /// The time kept between two get-token calls of one application; the platform's rule is one a minute.
    public var tokenInterval: Duration
    /// Fetch a token also while the database that keeps the state cannot be reached.
    ///
    /// Each process then fetches for itself, and the platform's minute is kept by none of them for the others: calls may fail
    /// as too frequent, also those of other machines. For applications that one process uses, or that rather fail so than
    /// wait for their database. A process goes on with a good token in any case.
    public var fetchesTokenWithoutState = false
    /// The bound on one call, unless the binding or the call says otherwise.
    public var timeout: Duration
    /// Plain `http://` also to hosts other than this machine.
    public var allowInsecureHTTP: Bool
    /// Requests for one call at most, where its failure may pass by itself and its effect allows repeating it. A write is
    /// repeated only if nothing of it was sent.
    public var maximumAttempts = 3
    /// Codes of the platform after which a call that may be repeated is repeated, besides HTTP 429, 502, 503 and 504.
    public var retryCodes: Set<Int64> = []
    /// Requests at a time, whoever in this process makes them; nil for 64.
    public var maximumConcurrency: Int?
    /// Requests a second, evenly spaced, whoever in this process makes them; nil for any number.
    public var maximumRate: Double?
    /// Calls that would change something are logged instead of sent.
    public var dryRun: Bool

    /// A configuration; nothing in it is read or checked before the platform is first used.
    public init(
        profile: String, baseURL: String, accessKey: String, secret: Secret, bindings: [Bindings] = [],
        state: State = .memory, tokenInterval: Duration = .seconds(60), timeout: Duration = .seconds(30),
        allowInsecureHTTP: Bool = false, dryRun: Bool = false
    ) {
        self.profile = profile
        self.baseURL = baseURL
        self.accessKey = accessKey
        self.secret = secret
        self.bindings = bindings
        self.state = state
        self.tokenInterval = tokenInterval
        self.timeout = timeout
        self.allowInsecureHTTP = allowInsecureHTTP
        self.dryRun = dryRun
    }
}
