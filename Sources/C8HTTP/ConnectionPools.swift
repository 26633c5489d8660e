import AsyncHTTPClient
import Logging
import NIOCore
import NIOHTTPCompression
import NIOPosix

/// The HTTP clients of one transport: two for requests that go wherever the name leads, and two for each judged address.
struct ConnectionPools: Sendable {
    /// A name and the address that it is dialled at.
    struct Route: Sendable, Hashable {
        let host: String
        let address: String
    }

    struct Pair: Sendable {
        /// Keeps connections for the next request.
        let reusing: HTTPClient
        /// A connection for each request.
        let fresh: HTTPClient
        /// Of `reusing`.
        let connections: ConnectionCount
        /// Of all pairs.
        let streams: BodyStreams
    }

    /// How much larger than its compressed form an answer may become.
    private static let decompressionRatio = 200
    /// Scripts that talk to more hosts than this at a time connect anew more often.
    private static let mostRoutes = 16

    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let connectTimeout: Duration
    private let authorities: TrustedAuthorities
    private let direct: Pair
    private let streams: BodyStreams
    private var routed: [Entry] = []

    private struct Entry: Sendable {
        let route: Route
        let pair: Pair
        /// Requests under way.
        var uses: Int
    }

    init(connectTimeout: Duration, authorities: TrustedAuthorities) {
        self.connectTimeout = connectTimeout
        self.authorities = authorities
        let streams = BodyStreams()
        self.streams = streams
        direct = Self.makePair(
            on: group, connectTimeout: connectTimeout, trusting: authorities, dialling: nil, streams)
    }

    /// The clients for a route, in use until ``release(_:)``. Of too many, the pair that was idle for the longest time is
    /// given back to be shut down.
    mutating func acquire(_ route: Route?) -> (pair: Pair, replaced: Pair?) {
        guard let route else { return (direct, nil) }
        if let index = routed.firstIndex(where: { $0.route == route }) {
            var entry = routed.remove(at: index)
            entry.uses += 1
            routed.append(entry)
            return (entry.pair, nil)
        }
        var replaced: Pair?
        if routed.count >= Self.mostRoutes, let idle = routed.firstIndex(where: { $0.uses == 0 }) {
            replaced = routed.remove(at: idle).pair
        }
        let pair = Self.makePair(
            on: group, connectTimeout: connectTimeout, trusting: authorities, dialling: route, streams)
        routed.append(Entry(route: route, pair: pair, uses: 1))
        return (pair, replaced)
    }

    mutating func release(_ route: Route?) {
        guard let index = routed.firstIndex(where: { $0.route == route }) else { return }
        routed[index].uses -= 1
    }

    func shutdown(_ logger: Logger) async {
        for pair in [direct] + routed.map(\.pair) { await pair.shutdown(logger) }
        await streams.wait()
        do {
            try await group.shutdownGracefully()
        } catch {
            logger.debug("stopping the event loop failed", metadata: ["error": "\(error)"])
        }
    }

    private static func makePair(
        on group: MultiThreadedEventLoopGroup, connectTimeout: Duration, trusting authorities: TrustedAuthorities,
        dialling route: Route?, _ streams: BodyStreams
    ) -> Pair {
        var configuration = HTTPClient.Configuration()
        // Its spans would show whole URLs, in whose queries there may be secrets.
        configuration.tracing.tracer = nil
        configuration.tlsConfiguration = authorities.configuration
        configuration.redirectConfiguration = .disallow
        configuration.timeout = HTTPClient.Configuration.Timeout(connect: TimeAmount(connectTimeout))
        configuration.decompression = .enabled(limit: .ratio(decompressionRatio))
        // Over TLS, where the server speaks it. What a failure says of a request holds there too: the hook for the head comes
        // after its frame was written, and the last piece of a body is held back like any other (AsyncHTTPClient 1.37.0,
        // HTTP2ClientRequestHandler). Nothing more is made of it: a stream that the server refused counts as sent.
        configuration.httpVersion = .automatic
        // A refused connection is reported at once; whether to try again is the caller's decision.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        // The name stays in the TLS handshake, in the certificate's check and in the Host header.
        if let route {
            configuration.dnsOverride = [route.host: route.address]
            // An address of IP version 6 stands in brackets in URLs, and the client looks for it as it stands.
            if route.host.contains(":") { configuration.dnsOverride["[\(route.host)]"] = route.address }
        }
        var fresh = configuration
        fresh.maximumUsesPerConnection = 1
        // A connection for one request gains nothing from HTTP/2, and nobody else's stream can break it.
        fresh.httpVersion = .http1Only
        // A request that is cancelled while it connects leaves its connection behind, unused; it must not serve the next.
        fresh.connectionPool.idleTimeout = .milliseconds(1)
        let connections = ConnectionCount()
        let count: @Sendable (any Channel) -> EventLoopFuture<Void> = { channel in
            connections.add()
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        configuration.http1_1ConnectionDebugInitializer = count
        configuration.http2ConnectionDebugInitializer = count
        return Pair(
            reusing: HTTPClient(eventLoopGroup: group, configuration: configuration),
            fresh: HTTPClient(eventLoopGroup: group, configuration: fresh), connections: connections,
            streams: streams)
    }
}

extension ConnectionPools.Pair {
    /// Closes the connections; requests that are still under way fail.
    func shutdown(_ logger: Logger) async {
        for client in [reusing, fresh] {
            do {
                try await client.shutdown()
            } catch {
                logger.debug("closing connections failed", metadata: ["error": "\(error)"])
            }
        }
    }
}
