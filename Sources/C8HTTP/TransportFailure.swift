import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// Words for what went wrong with one request, and whether the server can have had it.
struct TransportFailure {
    /// What was to be sent could not be read to its end, or what came could not be kept.
    struct LocalFailure: Error {
        let cause: any Error
    }

    private let host: String
    /// What the client must not be given: it would speak to a Unix socket too, and traps on a port beyond 65535.
    let urlProblem: String?

    init(url: String) {
        // Of the URL only the host is shown: a query may hold what should not be in a log.
        let parts = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, ["http:", "https:"].contains(parts[0].lowercased()), parts[1].isEmpty else {
            host = "the host"
            urlProblem = "the URL does not begin with http:// or https://"
            return
        }
        let authority = parts[2].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        self.host = host.isEmpty ? "the host" : String(host)
        // The colons of an IPv6 address are in brackets.
        let afterBrackets = host.split(separator: "]", omittingEmptySubsequences: false).last ?? ""
        let port = afterBrackets.split(separator: ":", omittingEmptySubsequences: false).dropFirst().last ?? ""
        urlProblem = port.isEmpty || UInt16(port) != nil ? nil : "the port is not a number up to 65535"
    }

    func error(
        _ kind: HTTPTransportError.Kind, _ sent: HTTPTransportError.Sent, _ problem: String, cause: (any Error)? = nil
    ) -> HTTPTransportError {
        HTTPTransportError(kind: kind, sent: sent, host: host, message: "\(host): \(problem)", cause: cause)
    }

    var unresolved: HTTPTransportError {
        error(.resolve, .notSent, "the host name cannot be resolved; check its spelling and the DNS")
    }

    func classify(
        _ error: any Error, sent: HTTPTransportError.Sent, timeout: Duration, connectTimeout: Duration
    ) -> HTTPTransportError {
        switch error {
        case let error as HTTPClientError:
            return classify(error, sent: sent, timeout: timeout, connectTimeout: connectTimeout)
        case let error as NIOConnectionError: return classify(error)
        case is CancellationError: return self.error(.cancelled, sent, "the request was cancelled")
        case let error as LocalFailure:
            return self.error(.local, sent, "\(error.cause)", cause: error.cause)
        case is ResponseCollector.BodyTooLarge: return self.error(.tooLarge, sent, "the answer is larger than allowed")
        case let error as IOError where sent == .notSent:
            return self.error(.connect, .notSent, "cannot connect: \(Self.words(error))")
        case let error as IOError: return self.error(.closed, sent, "the connection broke: \(Self.words(error))")
        case ChannelError.connectTimeout:
            return self.error(
                .connect, .notSent, "no connection within \(connectTimeout); check host, port and firewall")
        case HTTPParserError.invalidEOFState:
            return self.error(.closed, sent, "the server closed the connection in the middle of its answer")
        case let error as HTTPParserError:
            return self.error(.protocolViolation, sent, "the answer is not HTTP (\(error))")
        default:
            let type = String(reflecting: Swift.type(of: error))
            if type.hasPrefix("NIOSSL.") {
                return self.error(
                    .tls, sent,
                    "TLS failed; check the host name, the certificate and this machine's clock (\(error))")
            }
            if type.contains("Decompression") {
                return "\(error)" == "limit"
                    ? self.error(.tooLarge, sent, "the compressed answer is larger than allowed")
                    : self.error(.protocolViolation, sent, "the compressed answer is damaged (\(error))")
            }
            if type.hasPrefix("NIOHTTP2.") {
                return self.error(.closed, sent, "the server ended the HTTP/2 connection before it had answered")
            }
            return self.error(.closed, sent, "the request failed (\(error))")
        }
    }

    /// `30.0 seconds`; below one second, `20 ms`.
    static func text(_ duration: Duration) -> String {
        duration < .seconds(1) ? "\(max(1, Int((duration / .milliseconds(1)).rounded()))) ms" : "\(duration)"
    }

    private func classify(
        _ error: HTTPClientError, sent: HTTPTransportError.Sent, timeout: Duration, connectTimeout: Duration
    ) -> HTTPTransportError {
        switch error {
        case .getConnectionFromPoolTimeout:
            return self.error(.timeout, .notSent, "no connection became free in time: too many requests at once")
        case .deadlineExceeded, .readTimeout, .writeTimeout:
            return self.error(.timeout, sent, "no answer within \(Self.text(timeout))")
        case .connectTimeout:
            return self.error(
                .connect, .notSent, "no connection within \(connectTimeout); check host, port and firewall")
        case .cancelled:
            return self.error(.cancelled, sent, "the request was cancelled")
        case .remoteConnectionClosed:
            return self.error(.closed, sent, "the server closed the connection before it had answered")
        case .invalidURL, .emptyHost, .emptyScheme:
            return self.error(.invalidRequest, .notSent, "the request is not valid HTTP: \(error.shortDescription)")
        case .alreadyShutdown:
            return self.error(.closed, .notSent, "the connection pool is shut down")
        case .tlsHandshakeTimeout:
            return self.error(.tls, .notSent, "the TLS handshake took too long")
        default:
            // What is wrong with the request itself is found before anything is sent.
            return self.error(sent == .notSent ? .invalidRequest : .protocolViolation, sent, error.shortDescription)
        }
    }

    private func classify(_ error: NIOConnectionError) -> HTTPTransportError {
        if error.connectionErrors.isEmpty {
            return unresolved
        }
        let causes = error.connectionErrors.map { failure -> String in
            if let cause = failure.error as? IOError { return Self.words(cause) }
            if case ChannelError.connectTimeout = failure.error { return "no answer" }
            return "\(failure.error)"
        }
        let words = Set(causes).sorted().joined(separator: ", ")
        return self.error(.connect, .notSent, "cannot connect: \(words); check that it is running and reachable")
    }

    private static func words(_ error: IOError) -> String { words(error.errnoCode) }

    /// - Parameter number: of the system.
    static func words(_ number: Int32) -> String {
        switch number {
        case ECONNREFUSED: "connection refused"
        case ECONNRESET: "connection reset by the server"
        case EHOSTUNREACH, ENETUNREACH: "no route to the host"
        case ETIMEDOUT: "no answer"
        case EPIPE: "the server closed the connection"
        default: "error \(number)"
        }
    }
}
