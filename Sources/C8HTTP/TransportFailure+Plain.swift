import Glibc

/// What went wrong on plain connections, in the same words as everywhere else.
extension TransportFailure {
    func classify(
        _ problem: PlainProblem, sent: HTTPTransportError.Sent, timeout: Duration, connectTimeout: Duration
    ) -> HTTPTransportError {
        switch problem {
        case .connect(let number) where number == EMFILE || number == ENFILE:
            error(.connect, .notSent, "cannot connect: no file descriptor is free; see ulimit -n and max_concurrency")
        case .connect(let number):
            error(
                .connect, .notSent, "cannot connect: \(Self.words(number)); check that it is running and reachable")
        case .connectTimeout:
            error(.connect, .notSent, "no connection within \(connectTimeout); check host, port and firewall")
        case .timeout: error(.timeout, sent, "no answer within \(Self.text(timeout))")
        case .cancelled: error(.cancelled, sent, "the request was cancelled")
        case .closedBeforeAnswer:
            error(.closed, sent, "the server closed the connection before it had answered")
        case .closedInAnswer:
            error(.closed, sent, "the server closed the connection in the middle of its answer")
        case .broken(let number): error(.closed, sent, "the connection broke: \(Self.words(number))")
        case .tooLarge: error(.tooLarge, sent, "the answer is larger than allowed")
        case .unpackedTooLarge: error(.tooLarge, sent, "the compressed answer is larger than allowed")
        case .damagedPacking: error(.protocolViolation, sent, "the compressed answer is damaged")
        case .notHTTP(let why): error(.protocolViolation, sent, "the answer is not HTTP (\(why))")
        case .shutDown: error(.closed, sent, "the connection pool is shut down")
        case .loopEnded: error(.closed, sent, "the connection was closed: the script has ended")
        case .needsAddresses: unresolved
        }
    }
}
