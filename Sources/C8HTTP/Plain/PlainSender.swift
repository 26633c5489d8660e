import Synchronization

/// Sends requests without TLS over HTTP/1.1: on the thread that asks where that serves sockets, else on one of its own.
///
/// Does less than AsyncHTTPClient, and for a seventh of its time: no TLS, no HTTP/2, no bodies in pieces, no gate.
final class PlainSender: Sendable {
    private struct State {
        var pools: [PlainPool] = []
        var thread: LoopThread?
        var isClosed = false
        /// By URL.
        var routes: [String: PlainRoute] = [:]
    }

    private static let mostKnownRoutes = 64

    private let state = Mutex(State())
    let connectTimeout: Duration
    private let resolver: HostResolver

    init(connectTimeout: Duration, resolver: HostResolver) {
        self.connectTimeout = connectTimeout
        self.resolver = resolver
    }

    /// - Parameter cancellation: what ends the request; nil for the present task's.
    /// - Returns: nil where no socket can be served like this.
    func send(
        _ request: HTTPRequest, to route: PlainRoute, head: [UInt8], until cancellation: HTTPCancellation?
    ) async throws(HTTPTransportError) -> HTTPResponse? {
        var sentBefore = HTTPTransportError.Sent.notSent
        do throws(HTTPTransportError) {
            return try await send(request, to: route, head: head, until: cancellation, &sentBefore)
        } catch {
            throw error.after(sentBefore)
        }
    }

    /// - Parameter sentBefore: what the server can have of the request from connections that failed it.
    private func send(
        _ request: HTTPRequest, to route: PlainRoute, head: [UInt8], until cancellation: HTTPCancellation?,
        _ sentBefore: inout HTTPTransportError.Sent
    ) async throws(HTTPTransportError) -> HTTPResponse? {
        let deadline = SocketLoop.now() &+ Self.nanoseconds(request.timeout)
        var addresses = route.addresses
        var mayUseKept = true
        while true {
            guard cancellation != nil || !Task.isCancelled else { throw error(.cancelled, .notSent, request) }
            let pool: PlainPool
            switch self.pool() {
            case .pool(let found): pool = found
            case .closed: throw error(.shutDown, .notSent, request)
            case .none where sentBefore != .notSent: throw error(.loopEnded, .notSent, request)
            case .none: return nil
            }
            let exchange = PlainExchange(
                request, head: head, to: route, addresses: addresses, mayUseKept: mayUseKept,
                deadline: deadline, connectTime: Self.nanoseconds(connectTimeout))
            switch await run(exchange, on: pool, until: cancellation) {
            case .success(let response): return response
            case .failure(let failure):
                sentBefore = sentBefore.joined(failure.sentBefore)
                switch failure.problem {
                case .needsAddresses:
                    addresses = try await resolve(route.target, deadline, request)
                    mayUseKept = false
                // On another thread then.
                case .loopEnded where failure.sent == .notSent: continue
                default: throw error(failure.problem, failure.sent, request)
                }
            }
        }
    }

    private func run(
        _ exchange: PlainExchange, on pool: PlainPool, until cancellation: HTTPCancellation?
    ) async -> PlainExchange.End {
        guard let cancellation else {
            return await withTaskCancellationHandler {
                await begin(exchange, on: pool)
            } onCancel: {
                pool.loop.submit { exchange.cancel() }
            }
        }
        cancellation.whenCancelled { pool.loop.submit { exchange.cancel() } }
        defer { cancellation.forget() }
        return await begin(exchange, on: pool)
    }

    private func begin(_ exchange: PlainExchange, on pool: PlainPool) async -> PlainExchange.End {
        // Resumed once: the exchange gives the continuation away with its end.
        await withUnsafeContinuation { continuation in
            if SocketLoop.current === pool.loop {
                exchange.begin(on: pool) { continuation.resume(returning: $0) }
            } else if !pool.loop.submit({ exchange.begin(on: pool) { continuation.resume(returning: $0) } }) {
                continuation.resume(
                    returning: .failure(PlainExchange.Failure(problem: .loopEnded, sent: .notSent)))
            }
        }
    }

    // MARK: - Where to

    enum Found {
        case pool(PlainPool)
        case closed
        case none
    }

    func pool() -> Found {
        let current = SocketLoop.current
        return state.withLock { state in
            if state.isClosed { return .closed }
            if state.thread == nil, current == nil { state.thread = try? LoopThread() }
            guard let loop = current ?? state.thread?.loop else { return .none }
            if let pool = state.pools.first(where: { $0.loop === loop }) { return .pool(pool) }
            state.pools.removeAll { $0.loop.hasEnded }
            let pool = PlainPool(loop)
            state.pools.append(pool)
            return .pool(pool)
        }
    }

    /// Where requests for a URL go; nil for what plain connections are not for.
    func route(_ url: String) -> PlainRoute? {
        if let known = state.withLock({ $0.routes[url] }) { return known }
        guard let route = PlainRoute(url) else { return nil }
        state.withLock { state in
            if state.routes.count >= Self.mostKnownRoutes { state.routes = [:] }
            state.routes[url] = route
        }
        return route
    }

    private func resolve(
        _ target: PlainTarget, _ deadline: Int64, _ request: HTTPRequest
    ) async throws(HTTPTransportError) -> [PlainAddress] {
        let failure = TransportFailure(url: request.url)
        let left = Duration.nanoseconds(deadline - SocketLoop.now())
        let addresses = try await resolver.addresses(
            of: String(target.host), until: .now + left, timeout: request.timeout, failure
        ).compactMap { PlainAddress($0, port: target.port) }
        if addresses.isEmpty { throw failure.unresolved }
        return addresses
    }

    // MARK: - The end

    /// Closes all connections; requests that are under way fail, and later ones too.
    func shutdown() {
        let (pools, thread) = state.withLock { state in
            defer { (state.pools, state.thread, state.isClosed) = ([], nil, true) }
            return (state.pools, state.thread)
        }
        for pool in pools { pool.loop.submit { pool.close() } }
        thread?.end()
    }

    deinit {
        shutdown()
    }

    func error(
        _ problem: PlainProblem, _ sent: HTTPTransportError.Sent, _ request: HTTPRequest
    ) -> HTTPTransportError {
        TransportFailure(url: request.url).classify(
            problem, sent: sent, timeout: request.timeout, connectTimeout: connectTimeout)
    }

    static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        // Longer than any program runs.
        return min(max(seconds, 0), 1 << 32) * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
