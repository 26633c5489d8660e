import C8Client
import C8HTTP
import C8Platform
import Logging

/// The parts of a client around a scripted transport.
struct Fixture {
    static let secretKey = "CANARY-secret-key"
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    let clock: FakeClock
    /// Ends the waiting of calls when a test says so, whatever the clock is moved to.
    let timer = EndlessTimer()
    let store: any TokenStore
    var configuration: ClientConfiguration
    let transport: ScriptedTransport

    init(
        store: any TokenStore = MemoryTokenStore(), secretKey: String = Fixture.secretKey,
        interval: Duration = .seconds(60),
        baseURL: String = "https://platform.example", clock: FakeClock = FakeClock(),
        answer: @escaping ScriptedTransport.Answer
    ) {
        self.store = store
        self.clock = clock
        configuration = ClientConfiguration(
            baseURL: baseURL, accessKey: "key",
            credentials: { Credentials(accessKey: "key", secretKey: Secret(secretKey)) }, tokenInterval: interval)
        transport = ScriptedTransport(answer)
    }

    /// The application's record in the store.
    var key: TokenKey { TokenKey(baseURL: configuration.baseURL, accessKey: configuration.accessKey) }

    func tokens(
        logger: Logger = Fixture.silent, use: StoreUse = .goesOnWithout, metrics: ClientMetrics = ClientMetrics()
    ) -> TokenSource {
        TokenSource(
            configuration: configuration, transport: transport, store: { [store] in store }, storeUse: use,
            clock: clock,
            jitter: { 0 }, metrics: metrics, logger: logger)
    }

    func client(_ tokens: TokenSource, logger: Logger = Fixture.silent) throws -> PlatformClient {
        try PlatformClient(
            configuration: configuration, transport: transport, tokens: tokens, clock: clock, timer: timer,
            logger: logger)
    }
}
