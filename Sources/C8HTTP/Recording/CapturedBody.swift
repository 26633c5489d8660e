/// A body as it was seen on its way.
enum CapturedBody: Sendable, Hashable {
    struct Part: Sendable, Hashable {
        var name = ""
        var fileName: String?
        var type: String?
        var body: CapturedBody
    }

    case bytes([UInt8])
    /// Longer than what is kept.
    case digest(sha256: String, size: Int64)
    case form([Part])
}
