import AsyncHTTPClient
package import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import Synchronization

/// HTTP over sockets: connections kept alive, TLS certificates verified, redirects never followed, no proxy taken from the
/// environment. Opens nothing before the first request.
package final class SocketTransport: HTTPTransport {
    private struct Clients {
        var group: MultiThreadedEventLoopGroup
        /// Keeps connections for the next request.
        var reusing: HTTPClient
        /// A connection for each request.
        var fresh: HTTPClient
    }

    private enum State {
        case idle
        case open(Clients)
        case closed
    }

    /// How much larger than its compressed form an answer may become.
    private static let decompressionRatio = 200

    private let state = Mutex(State.idle)
    private let connectTimeout: Duration
    private let logger: Logger

    package init(connectTimeout: Duration = .seconds(5), logger: Logger) {
        self.connectTimeout = connectTimeout
        self.logger = logger
    }

    package func send(_ request: HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse {
        let failure = TransportFailure(url: request.url)
        guard let clients = clients() else {
            throw failure.error(.closed, .notSent, "the connection pool is shut down")
        }
        if let problem = failure.urlProblem { throw failure.error(.invalidRequest, .notSent, problem) }
        // The client writes the method as it is, and a header without a name too.
        guard Self.isToken(request.method), request.headers.allSatisfy({ Self.isToken($0.name) }) else {
            throw failure.error(.invalidRequest, .notSent, "the method or a header's name is not a word of HTTP")
        }
        let made: HTTPClient.Request
        do {
            made = try HTTPClient.Request(
                url: request.url, method: HTTPMethod(rawValue: request.method),
                headers: HTTPHeaders(request.headers.map { ($0.name, $0.value) }),
                body: request.body.map { .bytes($0) })
        } catch {
            throw failure.error(.invalidRequest, .notSent, "the request is not valid HTTP: \(error)")
        }
        // The client may have sent a request by the time it learns that its task was cancelled before.
        guard !Task.isCancelled else { throw failure.error(.cancelled, .notSent, "the request was cancelled") }
        let collector = ResponseCollector(maximumBytes: request.maximumResponseBytes)
        let client = request.reusesConnection ? clients.reusing : clients.fresh
        let task = client.execute(
            request: made, delegate: collector, deadline: .now() + TimeAmount(request.timeout))
        do {
            return try await withTaskCancellationHandler {
                try await task.get()
            } onCancel: {
                task.cancel()
            }
        } catch {
            throw failure.classify(
                error, headWasSent: collector.headWasSent, timeout: request.timeout, connectTimeout: connectTimeout)
        }
    }

    /// Closes all connections; requests after that fail.
    package func shutdown() async {
        let clients = state.withLock { state -> Clients? in
            defer { state = .closed }
            guard case .open(let clients) = state else { return nil }
            return clients
        }
        guard let clients else { return }
        for client in [clients.reusing, clients.fresh] {
            do {
                try await client.shutdown()
            } catch {
                logger.debug("closing connections failed", metadata: ["error": "\(error)"])
            }
        }
        do {
            try await clients.group.shutdownGracefully()
        } catch {
            logger.debug("stopping the event loop failed", metadata: ["error": "\(error)"])
        }
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

    private func clients() -> Clients? {
        state.withLock { state in
            switch state {
            case .open(let clients): return clients
            case .closed: return nil
            case .idle:
                let clients = makeClients()
                state = .open(clients)
                return clients
            }
        }
    }

    private func makeClients() -> Clients {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = HTTPClient.Configuration.Timeout(connect: TimeAmount(connectTimeout))
        configuration.decompression = .enabled(limit: .ratio(Self.decompressionRatio))
        configuration.httpVersion = .http1Only
        // A refused connection is reported at once; whether to try again is the caller's decision.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        var fresh = configuration
        fresh.maximumUsesPerConnection = 1
        // A request that is cancelled while it connects leaves its connection behind, unused; it must not serve the next.
        fresh.connectionPool.idleTimeout = .milliseconds(1)
        return Clients(
            group: group, reusing: HTTPClient(eventLoopGroup: group, configuration: configuration),
            fresh: HTTPClient(eventLoopGroup: group, configuration: fresh))
    }
}
