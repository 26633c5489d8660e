package import C8Client
package import C8Platform
import C8Postgres
import C8Store
package import CoreMetrics
import Glibc
package import Logging
import Synchronization

/// The platform as a host uses it: client, token source and bindings of one configuration. Nothing is opened, read or
/// resolved before it is first asked for.
package final class PlatformServices: Sendable {
    private let logger: Logger
    private let open: @Sendable () async throws -> Opened
    private let current: Mutex<OnceTask<Opened>>
    private var opened: OnceTask<Opened> { current.withLock { $0 } }
    private let traffic: Traffic
    /// Access tokens that the script has been shown.
    private let revealed = Mutex<[Secret]>([])

    /// A class, since each call takes it in its hands several times.
    private final class Opened: Sendable {
        let configuration: PlatformConfiguration
        let client: PlatformClient
        let tokens: TokenSource
        let link: Traffic.Link
        let settings: ClientConfiguration
        let bindings: BindingSet
        /// Calls of operations by their ids; nil for those that need more.
        let prepared = Mutex<[[UInt8]: PreparedCall?]>([:])

        init(
            configuration: PlatformConfiguration, client: PlatformClient, tokens: TokenSource, link: Traffic.Link,
            settings: ClientConfiguration, bindings: BindingSet
        ) {
            self.configuration = configuration
            self.client = client
            self.tokens = tokens
            self.link = link
            self.settings = settings
            self.bindings = bindings
        }
    }

    /// - Parameters:
    ///   - metrics: where calls are counted; nil for the factory that the process was set up with.
    ///   - storeUse: what becomes of a call when the state cannot be used.
    ///   - traffic: what requests go through.
    ///   - clock: what tokens age and calls wait by.
    package init(
        logger: Logger, metrics: (any MetricsFactory)? = nil, storeUse: StoreUse = .goesOnWithout,
        traffic: Traffic = .live, clock: any ClientClock = SystemClock(),
        configuration: @escaping @Sendable () async throws -> PlatformConfiguration
    ) {
        let metrics = ClientMetrics(metrics)
        self.logger = logger
        self.traffic = traffic
        let open: @Sendable () async throws -> Opened = {
            do {
                return try Self.open(
                    await configuration(), metrics: metrics, storeUse: storeUse, traffic: traffic, clock: clock,
                    logger: logger)
            } catch let error as ClientError {
                throw error
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                // A mistake of whoever configured the platform, told to the script that first needed it.
                throw ClientError(kind: .config, message: "\(error)", outcome: .notSent)
            }
        }
        self.open = open
        current = Mutex(OnceTask(open))
    }

    /// Forgets what was opened: the next call asks for the configuration anew.
    package func renew() async {
        let old = current.withLock { current in
            defer { current = OnceTask(open) }
            return current
        }
        await old.valueIfStarted()?.link.shutdown()
    }

    /// The settings, read now if they were not yet.
    package func configuration() async throws -> PlatformConfiguration { try await opened.value().configuration }
    package func client() async throws -> PlatformClient { try await opened.value().client }
    package func tokens() async throws -> TokenSource { try await opened.value().tokens }

    /// What is needed for calls of an operation that need nothing to be waited for; nil while nothing is opened yet, and for
    /// operations that such a call is not for.
    func prepared(_ id: [UInt8]) -> (client: PlatformClient, call: PreparedCall)? {
        guard let opened = opened.ready else { return nil }
        if let known = opened.prepared.withLock({ $0[id] }) { return known.map { (opened.client, $0) } }
        let name = OperationID(String(decoding: id, as: UTF8.self))
        var call: PreparedCall?
        // Who fetches a token himself, or calls what was withdrawn, is told more.
        if let entry = Catalogue.standard[name], entry.kind == .operation, entry.status == .active,
            name.rawValue != "auth.get_token", let binding = try? opened.bindings.binding(of: name)
        {
            call = PreparedCall(binding, of: opened.client)
        }
        opened.prepared.withLock { prepared in
            // Names that are none could go on for ever.
            if prepared.count < Self.mostPrepared { prepared[id] = .some(call) }
        }
        return call.map { (opened.client, $0) }
    }

    private static let mostPrepared = 512

    /// Whether the platform's address answers; sends no credentials.
    package func probe() async throws -> PlatformProbe {
        let opened = try await opened.value()
        return try await PlatformProbe.run(opened.settings, transport: opened.link.transport)
    }

    /// The binding of an operation, if there is one.
    package func binding(of id: OperationID) async throws -> Binding? {
        let bindings = try await opened.value().bindings
        do {
            return try bindings.binding(of: id)
        } catch {
            throw ClientError(kind: .config, message: error.description, operation: id, outcome: .notSent)
        }
    }

    /// The script has been shown that token, and may put it where it is not to be kept.
    func noteRevealed(_ token: Secret) {
        revealed.withLock { if !$0.contains(token) { $0.append(token) } }
        traffic.note(token.revealForRequest(), as: "accessToken")
    }

    /// The text with stand-ins for access tokens that the script has been shown.
    package func hidingRevealedTokens(in text: String) -> String {
        revealed.withLock { $0 }.reduce(text) { $1.hidden(in: $0) }
    }

    /// Lets writes that are under way end within so much time, and none begin any more.
    package func drain(atMost grace: Duration) async {
        await opened.valueIfStarted()?.client.drain(atMost: grace)
    }

    /// Closes connections, after writes have had so much time to be answered, and a token that was asked for as much, and 2
    /// seconds at least, to be stored.
    package func shutdown(grace: Duration = .zero) async {
        guard let opened = await opened.valueIfStarted() else { return }
        async let writes: Void = opened.client.drain(atMost: grace)
        async let token: Void = opened.tokens.drain(atMost: max(grace, .seconds(2)))
        _ = await (writes, token)
        await opened.link.shutdown()
    }

    private static func open(
        _ configuration: PlatformConfiguration, metrics: ClientMetrics, storeUse: StoreUse, traffic: Traffic,
        clock: any ClientClock,
        logger: Logger
    ) throws -> Opened {
        let bindings = try loadBindings(configuration.bindings, readsAll: false, logger: logger)
        let accessKey = configuration.accessKey
        var client = ClientConfiguration(
            profile: configuration.profile, baseURL: configuration.baseURL, accessKey: accessKey,
            credentials: traffic.credentials(accessKey: accessKey, configuration.secret),
            tokenInterval: configuration.tokenInterval, timeout: configuration.timeout,
            retries: RetryPolicy(
                maximumAttempts: max(1, configuration.maximumAttempts), codes: configuration.retryCodes),
            allowInsecureHTTP: configuration.allowInsecureHTTP)
        client.maximumConcurrency = configuration.maximumConcurrency
        client.maximumRate = configuration.maximumRate
        client.isDryRun = configuration.dryRun
        traffic.note(accessKey, as: "accessKey")
        let link = traffic.link(base: client.canonicalBaseURL, logger: logger)
        let replayStore = traffic.tokenStore(client)
        let state = configuration.state
        // Who shares an application with other machines must not fetch behind their backs, unless told to.
        let keepsToken = storeUse == .goesOnWithout && !configuration.fetchesTokenWithoutState
        let use: StoreUse = if case .database = state, keepsToken { .keepsToken } else { storeUse }
        let tokens = TokenSource(
            configuration: client, transport: link.transport,
            store: {
                if let replayStore { return replayStore }
                switch state {
                case .memory: return MemoryTokenStore()
                case .folder(let path):
                    return SQLiteTokenStore(try await StateStore.open(folder: path) { logger.warning("\($0)") })
                case .database(let url, let password):
                    let settings = PostgresSettings(url, password: password)
                    return PostgresTokenStore(try await PostgresState.open(settings), clock: clock)
                }
            }, storeUse: use, clock: clock, metrics: metrics, logger: logger)
        return Opened(
            configuration: configuration,
            client: try PlatformClient(
                configuration: client, transport: link.transport, tokens: tokens, refusals: bindings.tokenRefusals,
                meanings: { meanings(bindings) }, clock: clock, metrics: metrics, logger: logger),
            tokens: tokens, link: link, settings: client, bindings: bindings)
    }

    /// What the imported lists of error codes say; a code that two of them explain is explained by both.
    private static func meanings(_ bindings: BindingSet) -> [Int64: String] {
        var meanings: [Int64: String] = [:]
        let lists = bindings.references.values.filter { $0.id.rawValue.hasSuffix("error_codes") }
        for table in lists.sorted(by: { $0.id < $1.id }) {
            for (code, meaning) in table.meanings {
                let known = meanings[code]
                meanings[code] = known == nil || known == meaning ? meaning : "\(known ?? ""); \(meaning)"
            }
        }
        return meanings
    }

    /// The built-in bindings with those of the sources over them.
    ///
    /// - Parameter readsAll: whether also long files are checked whole.
    /// - Throws: ``ClientError`` or ``BindingError`` for a source that cannot be read.
    package static func loadBindings(
        _ sources: [PlatformConfiguration.Bindings], readsAll: Bool, logger: Logger
    ) throws -> BindingSet {
        var bindings = BuiltInBindings.standard
        for source in sources {
            let (bytes, name) =
                switch source {
                case .data(let bytes, let name): (bytes, name)
                case .file(let path): (try BindingsFile.read(path), path)
                }
            bindings = bindings.merging(
                readsAll ? try BindingSet.parse(bytes, file: name) : try BindingSet.open(bytes, file: name))
        }
        for warning in bindings.warnings { logger.warning("\(warning)") }
        return bindings
    }
}
