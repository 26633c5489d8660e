import AsyncHTTPClient
package import Logging
import NIOCore
import NIOHTTP1
import Synchronization

/// HTTP over sockets: connections kept alive, TLS certificates verified, redirects never followed, no proxy taken from the
/// environment. Opens nothing before the first request. A request with a gate dials only addresses that the gate lets pass.
package final class SocketTransport: HTTPTransport {
    private enum State {
        case idle
        case open(ConnectionPools)
        case closed
    }

    private let state = Mutex(State.idle)
    private let connectTimeout: Duration
    private let resolver: HostResolver
    private let authorities: TrustedAuthorities
    private let logger: Logger
    /// Nil where all requests go through AsyncHTTPClient.
    private let plain: PlainSender?

    /// - Parameter usesPlainConnections: whether what needs nothing else is sent by ``PlainSender``.
    package init(
        connectTimeout: Duration = .seconds(5), resolver: HostResolver = .system,
        authorities: TrustedAuthorities = .ofTheEnvironment, usesPlainConnections: Bool = true, logger: Logger
    ) {
        plain = usesPlainConnections ? PlainSender(connectTimeout: connectTimeout, resolver: resolver) : nil
        self.authorities = authorities
        self.connectTimeout = connectTimeout
        self.resolver = resolver
        self.logger = logger
    }

    /// The clients insist on being shut down, also where whoever held the transport forgot to.
    deinit {
        let pools = state.withLock { state -> ConnectionPools? in
            guard case .open(let pools) = state else { return nil }
            return pools
        }
        guard let pools else { return }
        Task { [logger] in await pools.shutdown(logger) }
    }

    package func send(_ request: HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse {
        if let response = try await sendPlainly(request, until: nil) { return response }
        return try await sendByClient(request)
    }

    package func send(
        _ request: HTTPRequest, until cancellation: HTTPCancellation
    ) async throws(HTTPTransportError) -> HTTPResponse {
        if let response = try await sendPlainly(request, until: cancellation) { return response }
        return try await sendInItsOwnTask(request, until: cancellation)
    }

    /// Nil for what plain connections are not for.
    private func sendPlainly(
        _ request: HTTPRequest, until cancellation: HTTPCancellation?
    ) async throws(HTTPTransportError) -> HTTPResponse? {
        guard let plain, request.gate == nil, request.upload == nil, request.sink == nil,
            let route = plain.route(request.url), let head = PlainRequestText.head(request, to: route.target)
        else { return nil }
        return try await plain.send(request, to: route, head: head, until: cancellation)
    }

    package func begin(
        _ request: HTTPRequest, until cancellation: HTTPCancellation,
        onEnd: @escaping @Sendable (Result<HTTPResponse, HTTPTransportError>) -> Void
    ) -> Bool {
        guard let plain, request.gate == nil, request.upload == nil, request.sink == nil,
            let route = plain.route(request.url), let head = PlainRequestText.head(request, to: route.target)
        else { return false }
        let errand = PlainErrand(request)
        return plain.begin(errand, to: route, head: head, until: cancellation) { [self] end in
            switch end {
            case .ended(let result): onEnd(result)
            case .unsettled(let sentBefore): goOn(errand.request, after: sentBefore, until: cancellation, onEnd)
            }
        }
    }

    /// Sends in a task what could not be sent from the thread that asked.
    private func goOn(
        _ request: HTTPRequest, after sentBefore: HTTPTransportError.Sent, until cancellation: HTTPCancellation,
        _ onEnd: @escaping @Sendable (Result<HTTPResponse, HTTPTransportError>) -> Void
    ) {
        var request = request
        // What one kept connection may have carried is not entrusted to another.
        if sentBefore != .notSent { request.reusesConnection = false }
        Task { [request] in
            do throws(HTTPTransportError) {
                onEnd(.success(try await send(request, until: cancellation)))
            } catch {
                onEnd(.failure(error.after(sentBefore)))
            }
        }
    }

    private func sendByClient(_ request: HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse {
        let failure = TransportFailure(url: request.url)
        let made = try Self.made(request, failure)
        if made.useTLS, let problem = authorities.problem { throw failure.error(.tls, .notSent, problem) }
        let deadline = ContinuousClock.now + request.timeout
        guard let gate = request.gate else { return try await send(made, request, on: nil, until: deadline, failure) }

        var refused: HTTPTransportError?
        let routes = try await routes(through: gate, until: deadline, timeout: request.timeout, failure) { cause in
            refused = failure.error(.refused, .notSent, "\(cause)", cause: cause)
        }
        for (index, route) in routes.enumerated() {
            do throws(HTTPTransportError) {
                return try await send(made, request, on: route, until: deadline, failure)
            } catch {
                // An address that nobody answers at is no reason to give up the others.
                guard error.kind == .connect, index + 1 < routes.count else { throw error }
            }
        }
        throw refused ?? failure.unresolved
    }

    /// The addresses that may be dialled for a request, in the order of trying.
    private func routes(
        through gate: DialGate, until deadline: ContinuousClock.Instant, timeout: Duration, _ failure: TransportFailure,
        refused: (any Error) -> Void
    ) async throws(HTTPTransportError) -> [ConnectionPools.Route] {
        let addresses: [String]
        if Self.isAddress(gate.host) {
            addresses = [gate.host]
        } else {
            addresses = try await resolver.addresses(
                of: gate.host, until: deadline, timeout: timeout, failure)
        }
        var routes: [ConnectionPools.Route] = []
        for address in addresses {
            if let cause = gate.refusal(address) {
                refused(cause)
            } else {
                routes.append(ConnectionPools.Route(host: gate.host, address: address))
            }
        }
        return Array(routes.prefix(Self.mostAddresses))
    }

    /// How many addresses of one host are tried.
    private static let mostAddresses = 4

    static func isAddress(_ host: String) -> Bool { (try? SocketAddress(ipAddress: host, port: 0)) != nil }

    private static func made(
        _ request: HTTPRequest, _ failure: TransportFailure
    ) throws(HTTPTransportError) -> HTTPClient.Request {
        if let problem = failure.urlProblem { throw failure.error(.invalidRequest, .notSent, problem) }
        // The client writes the method as it is, and a header without a name too.
        guard isToken(request.method), request.headers.allSatisfy({ isToken($0.name) }) else {
            throw failure.error(.invalidRequest, .notSent, "the method or a header's name is not a word of HTTP")
        }
        do {
            return try HTTPClient.Request(
                url: request.url, method: HTTPMethod(rawValue: request.method),
                headers: HTTPHeaders(request.headers.map { ($0.name, $0.value) }),
                body: request.streamedBody == nil ? request.body.map { .bytes($0) } : nil)
        } catch {
            throw failure.error(.invalidRequest, .notSent, "the request is not valid HTTP: \(error)")
        }
    }

    private static func body(
        _ upload: HTTPUpload, _ collector: ResponseCollector, _ streams: BodyStreams
    ) -> HTTPClient.Body {
        .stream(contentLength: upload.length) { writer in
            streams.run {
                do {
                    try await upload.send { bytes, isLast in
                        if isLast { collector.noteLastPiece() }
                        try await writer.write(.byteBuffer(ByteBuffer(bytes: bytes))).get()
                    }
                } catch let error as HTTPClientError {
                    throw error
                } catch {
                    throw TransportFailure.LocalFailure(cause: error)
                }
            }
        }
    }

    private func send(
        _ made: HTTPClient.Request, _ request: HTTPRequest, on route: ConnectionPools.Route?,
        until deadline: ContinuousClock.Instant, _ failure: TransportFailure
    ) async throws(HTTPTransportError) -> HTTPResponse {
        // A route for another host than the URL's would be passed over in silence.
        if let route, ![route.host, "[\(route.host)]"].contains(made.host.lowercased()) {
            throw failure.error(.invalidRequest, .notSent, "the URL's host is not the one that was judged")
        }
        guard let pair = acquire(route) else {
            throw failure.error(.closed, .notSent, "the connection pool is shut down")
        }
        defer { release(route) }
        // The client may have sent a request by the time it learns that its task was cancelled before.
        guard !Task.isCancelled else { throw failure.error(.cancelled, .notSent, "the request was cancelled") }
        let upload = request.streamedBody
        func collector() -> ResponseCollector {
            ResponseCollector(
                maximumBytes: request.maximumResponseBytes, sink: request.sink, hasPieces: (upload?.length ?? 0) > 0)
        }
        let first = collector()
        guard request.reusesConnection else {
            return try await execute(made, request, by: pair.fresh, pair.streams, first, until: deadline, failure)
        }
        let connections = pair.connections.made
        let earlier: HTTPTransportError.Sent
        do {
            return try await execute(made, request, by: pair.reusing, pair.streams, first, until: deadline, failure)
        } catch {
            // The server closed the kept connection just when it was used again: nobody's failure. A connection of its
            // own cannot have that; closed there too, the request has failed.
            guard error.kind == .closed || error.kind == .tls, error.sent != .notSent, !first.isAnswered,
                pair.connections.made == connections, !Task.isCancelled
            else { throw error }
            logger.debug(
                "the server closed a kept connection; sending on a new one", metadata: ["host": "\(error.host)"])
            earlier = error.sent
        }
        do {
            return try await execute(made, request, by: pair.fresh, pair.streams, collector(), until: deadline, failure)
        } catch {
            throw error.after(earlier)
        }
    }

    private func execute(
        _ made: HTTPClient.Request, _ request: HTTPRequest, by client: HTTPClient, _ streams: BodyStreams,
        _ collector: ResponseCollector, until deadline: ContinuousClock.Instant, _ failure: TransportFailure
    ) async throws(HTTPTransportError) -> HTTPResponse {
        var made = made
        if let upload = request.streamedBody { made.body = Self.body(upload, collector, streams) }
        let task = client.execute(
            request: made, delegate: collector,
            deadline: .now() + TimeAmount(ContinuousClock.now.duration(to: deadline)))
        do {
            return try await withTaskCancellationHandler {
                try await task.get()
            } onCancel: {
                task.cancel()
            }
        } catch {
            // The parser had bytes of an answer, though no head yet.
            if error is HTTPParserError { collector.noteAnswer() }
            throw failure.classify(
                error, sent: collector.sent, timeout: request.timeout, connectTimeout: connectTimeout)
        }
    }

    /// Closes all connections; requests after that fail.
    package func shutdown() async {
        plain?.shutdown()
        let pools = state.withLock { state -> ConnectionPools? in
            defer { state = .closed }
            guard case .open(let pools) = state else { return nil }
            return pools
        }
        await pools?.shutdown(logger)
    }

    /// RFC 9110 §5.6.2.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// Nil when the transport is shut down.
    private func acquire(_ route: ConnectionPools.Route?) -> ConnectionPools.Pair? {
        let (pair, replaced) = state.withLock { state -> (ConnectionPools.Pair?, ConnectionPools.Pair?) in
            var pools: ConnectionPools
            switch state {
            case .closed: return (nil, nil)
            case .open(let open): pools = open
            case .idle: pools = ConnectionPools(connectTimeout: connectTimeout, authorities: authorities)
            }
            let (pair, replaced) = pools.acquire(route)
            state = .open(pools)
            return (pair, replaced)
        }
        if let replaced { Task { [logger] in await replaced.shutdown(logger) } }
        return pair
    }

    private func release(_ route: ConnectionPools.Route?) {
        state.withLock { state in
            guard case .open(var pools) = state else { return }
            pools.release(route)
            state = .open(pools)
        }
    }
}
