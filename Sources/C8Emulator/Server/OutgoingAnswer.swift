/// An answer as it goes on the wire, before the HTTP library has it.
struct OutgoingAnswer: Sendable {
    let status: Int
    let type: String
    /// Nil for an envelope.
    let fileName: String?
    /// Whether the platform documents what was answered, or this project made it up.
    let isDocumented: Bool
    let body: [UInt8]
}
