import C8Client
import C8HTTP
import Logging

/// What requests go through.
package enum Traffic: Sendable {
    /// To the network.
    case live
    /// To the network, and into a recording.
    case recorded(TrafficRecording)
    /// To a recording alone.
    case replayed(TrafficReplay)

    /// A way for requests, and what must be closed after the last.
    struct Link: Sendable {
        let transport: any HTTPTransport
        /// Nil where nothing is ever dialled.
        fileprivate let sockets: SocketTransport?

        /// Closes all connections.
        func shutdown() async { await sockets?.shutdown() }
    }

    /// A new way; opens nothing before the first request.
    ///
    /// - Parameter base: the platform's base URL; nil for requests to others.
    func link(base: String?, logger: Logger) -> Link {
        switch self {
        case .replayed(let replay): return Link(transport: replay.replayer.transport(base: base), sockets: nil)
        case .live:
            let sockets = SocketTransport(logger: logger)
            return Link(transport: sockets, sockets: sockets)
        case .recorded(let recording):
            let sockets = SocketTransport(logger: logger)
            return Link(transport: recording.recorder.transport(over: sockets, base: base), sockets: sockets)
        }
    }

    /// The secrets of other systems as a run may have them.
    func secrets(_ secrets: [String: HostSecret]) -> [String: HostSecret] {
        switch self {
        case .live: secrets
        case .recorded(let recording):
            [String: HostSecret](
                uniqueKeysWithValues: secrets.map { ($0.key, recording.listening(to: $0.value, name: $0.key)) })
        case .replayed(let replay):
            // Those of the profile are known by name; nobody reads them.
            secrets.reduce(into: replay.secrets) { result, secret in
                result[secret.key] = HostSecret(host: secret.value.host) { TrafficReplay.placeholder(secret.key) }
            }
        }
    }

    /// The platform's credentials as a run may have them.
    func credentials(
        accessKey: String, _ secret: PlatformConfiguration.Secret
    ) -> @Sendable () async throws -> Credentials {
        {
            if case .replayed = self {
                return Credentials(accessKey: accessKey, sign: Secret(TrafficReplay.placeholder("secretKeySign")))
            }
            let credentials: Credentials
            switch secret {
            case .secretKey(let read):
                let key = try await read()
                note(key, as: "secretKey")
                credentials = Credentials(accessKey: accessKey, secretKey: Secret(key))
            case .secretKeySign(let read):
                credentials = Credentials(accessKey: accessKey, sign: Secret(try await read()))
            }
            note(credentials.sign.revealForRequest(), as: "secretKeySign")
            return credentials
        }
    }

    func note(_ secret: String, as name: String) {
        if case .recorded(let recording) = self { recording.note(secret, as: name) }
    }

    /// Where a replay keeps its token: nowhere but in memory, and there already if the recorded run had one.
    func tokenStore(_ client: ClientConfiguration) -> MemoryTokenStore? {
        guard case .replayed(let replay) = self else { return nil }
        if replay.asksForToken { return MemoryTokenStore() }
        let token = Token(
            value: Secret(TrafficReplay.placeholder("authorization")), generation: 1,
            fetched: SystemClock().moment(), ttl: 86_400)
        let key = TokenKey(baseURL: client.canonicalBaseURL, accessKey: client.accessKey)
        return MemoryTokenStore([key: TokenRecord(generation: 1, token: token)])
    }
}
