import C8Platform

/// What an envelope means for the call that it answers, its HTTP status and its signs of a refused token taken together.
///
/// A code that nobody has explained counts as the platform's refusal: it was given in the platform's own envelope, so the
/// platform has looked at the call and said no. A code from 500 to 599 is a failure on the way, or the platform's own word for
/// "unknown", which may have come after the work was done.
enum Verdict: Sendable, Hashable {
    case success
    /// The token was turned away, and the call with it: whatever its effect, it may be sent again with another token.
    case tokenRefused
    /// The platform said no.
    case rejected
    /// It may have been carried out.
    case unknown
    /// Success and its contrary in one answer: it may have been carried out. A write is never sent again after it.
    case contradictory(refusesToken: Bool)

    init(_ envelope: Envelope, status: Int, refusesToken: Bool) {
        if envelope.isSuccess {
            self =
                (200..<400).contains(status) && !refusesToken ? .success : .contradictory(refusesToken: refusesToken)
        } else if refusesToken {
            self = .tokenRefused
        } else {
            self = status >= 500 || (500...599).contains(envelope.code) ? .unknown : .rejected
        }
    }

    /// Whether another token may help: for a write only where it is certain that nothing was done.
    func asksForAnotherToken(_ effect: Effect) -> Bool {
        switch self {
        case .tokenRefused: true
        case .contradictory(let refusesToken): refusesToken && effect != .write
        case .success, .rejected, .unknown: false
        }
    }

    /// What is known of a call that failed with this; nil for reads.
    func outcome(_ effect: Effect) -> ClientError.Outcome? {
        guard effect != .read else { return nil }
        return switch self {
        case .tokenRefused, .rejected: .rejected
        case .success, .unknown, .contradictory: .unknown
        }
    }
}
