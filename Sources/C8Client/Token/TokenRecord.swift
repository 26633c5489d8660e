/// What all processes share about one application's token.
package struct TokenRecord: Sendable, Hashable {
    /// Counts reservations; also the fence that a publication must name.
    package var generation: Int64
    package var token: Token?
    /// No get-token call before this time, in seconds since 1970.
    package var fetchAfter: Double
    /// The last refusal of the credentials, with which secret it was.
    package var refusal: Refusal?

    package struct Refusal: Sendable, Hashable {
        package var code: Int64
        package var fingerprint: String

        package init(code: Int64, fingerprint: String) {
            self.code = code
            self.fingerprint = fingerprint
        }
    }

    package init(generation: Int64 = 0, token: Token? = nil, fetchAfter: Double = 0, refusal: Refusal? = nil) {
        self.generation = generation
        self.token = token
        self.fetchAfter = fetchAfter
        self.refusal = refusal
    }
}
