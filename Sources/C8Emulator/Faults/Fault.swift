import C8Platform

/// A fault with the requests that it befalls.
///
/// As text: a kind, with a value behind a colon where it takes one, and options behind commas, such as
/// `status:503,on=production.*,chance=0.2` or `cut-after,times=1`. All kinds and options are in docs/emulator.md.
package struct Fault: Sendable, Hashable {
    /// What goes wrong.
    package var kind: FaultKind
    /// An operation's id, or the beginning of ids before `*`; nil for whatever the kind makes sense for: get-token for
    /// `rate-limit`, all others for the other kinds.
    package var operation: String?
    /// How likely it is, from 0 to 1.
    package var chance: Double
    /// How often it happens; nil without end.
    package var times: Int?
    /// How many requests that it could befall it spares at first.
    package var skip: Int
    /// Seconds for a header `Retry-After`, with the kinds `status` and `status-after`.
    package var retryAfter: Int?

    /// A fault; what is left out makes it happen always.
    package init(
        _ kind: FaultKind, on operation: String? = nil, chance: Double = 1, times: Int? = nil, skip: Int = 0,
        retryAfter: Int? = nil
    ) {
        self.kind = kind
        self.operation = operation
        self.chance = chance
        self.times = times
        self.skip = skip
        self.retryAfter = retryAfter
    }

    func concerns(_ id: OperationID) -> Bool {
        guard let operation else { return (kind == .rateLimit) == (id == "auth.get_token") }
        return operation.hasSuffix("*") ? id.rawValue.hasPrefix(operation.dropLast()) : id.rawValue == operation
    }
}
