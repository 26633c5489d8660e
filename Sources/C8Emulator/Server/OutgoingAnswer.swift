/// An answer as it goes on the wire, before the HTTP library has it.
struct OutgoingAnswer: Sendable {
    var status: Int
    let type: String
    /// Nil for an envelope.
    let fileName: String?
    /// Whether the platform documents what was answered, or this project made it up.
    let isDocumented: Bool
    var body: [UInt8]
    /// Seconds for a header `Retry-After`.
    var retryAfter: Int?
}
