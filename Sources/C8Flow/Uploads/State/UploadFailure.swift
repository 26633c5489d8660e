/// How a request failed.
package enum UploadFailure: Sendable, Hashable {
    /// Nothing of it reached the platform, and another try may help.
    case notSent
    /// The platform said no to the whole request, and so did none of it.
    case rejected(code: Int64?, message: String?)
    /// It may have happened. `isTimeout` when no answer came in time, which counts as overload.
    case unknown(isTimeout: Bool)
    /// HTTP status 429 or 503: the platform has too much to do. `isNotDone` when it provably did nothing.
    case overloaded(retryAfter: Double?, isNotDone: Bool)
    /// No other request would fare better: no permission, wrong key, cancelled.
    case fatal(isNotDone: Bool)

    /// Whether it is certain that the platform did none of it.
    var isNotDone: Bool {
        switch self {
        case .notSent, .rejected: true
        case .unknown: false
        case .overloaded(_, let isNotDone), .fatal(let isNotDone): isNotDone
        }
    }

    /// What it tells of the other side's load.
    var load: ConcurrencyLimit.Outcome {
        switch self {
        case .rejected: .answered
        case .overloaded(let retryAfter, _): .overloaded(retryAfter: retryAfter)
        case .unknown(isTimeout: true): .overloaded(retryAfter: nil)
        case .unknown, .notSent, .fatal: .other
        }
    }
}
