/// What all processes share about one application's token.
package struct TokenRecord: Sendable, Hashable {
    /// Counts reservations; also the fence that a publication must name.
    package var generation: Int64
    /// The newest token that was published, good or not.
    package var token: Token?
    /// No get-token call before this moment.
    package var fetchAfter: Moment
    /// The last refusal of the credentials, with which secret it was.
    package var refusal: Refusal?
    /// Who took the slot last, as `host:pid`; nil where that is not known.
    package var holder: String?

    /// The platform's word that credentials will never do.
    package struct Refusal: Sendable, Hashable {
        /// One of the codes of page 获取 AccessToken, 1.3.
        package var code: Int64
        /// Tells the refused secret from another one (``Credentials/fingerprint(_:)``).
        package var fingerprint: String

        /// A refusal of the secret with this fingerprint.
        package init(code: Int64, fingerprint: String) {
            self.code = code
            self.fingerprint = fingerprint
        }
    }

    /// A record; without arguments, one that forbids nothing.
    package init(
        generation: Int64 = 0, token: Token? = nil, fetchAfter: Moment = .past, refusal: Refusal? = nil,
        holder: String? = nil
    ) {
        self.generation = generation
        self.token = token
        self.fetchAfter = fetchAfter
        self.refusal = refusal
        self.holder = holder
    }
}
