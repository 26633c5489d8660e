import Glibc

/// Why an exchange on a plain connection got no answer.
enum PlainProblem: Error, Sendable, Hashable {
    /// No connection: the system's error number.
    case connect(Int32)
    /// No connection within the time for it.
    case connectTimeout
    /// The exchange's whole time is over.
    case timeout
    case cancelled
    /// The server closed the connection before the first byte of an answer.
    case closedBeforeAnswer
    case closedInAnswer
    /// The connection broke: the system's error number.
    case broken(Int32)
    case tooLarge
    case unpackedTooLarge
    case damagedPacking
    /// The answer is not HTTP/1: what is wrong with it.
    case notHTTP(String)
    /// The connections are closed for good.
    case shutDown
    /// The thread that served the connection has ended.
    case loopEnded
    /// The addresses of the host must be found first.
    case needsAddresses

    /// Whether another address of the host may do.
    var isOfAddress: Bool {
        switch self {
        case .connect, .connectTimeout: true
        default: false
        }
    }

    /// Whether a descriptor was wanting, which idle connections may give.
    var isWantOfDescriptors: Bool {
        switch self {
        case .connect(let number): number == EMFILE || number == ENFILE
        default: false
        }
    }

    /// Whether the server may have closed a kept connection just when it was used again.
    var isClosure: Bool {
        switch self {
        case .closedBeforeAnswer, .broken: true
        default: false
        }
    }
}
