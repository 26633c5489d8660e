/// A request as the stand-in sees it, freed from the HTTP library.
struct IncomingRequest: Sendable {
    let method: String
    /// Percent-encoded, without the query.
    let path: String
    /// The `Authorization` header.
    let authorization: String?
    /// The `Content-Type` header.
    let contentType: String?
    /// nil when it was longer than allowed.
    let body: [UInt8]?
}
