/// Rows that are to be sent.
struct WaitingSlice: Sendable, Hashable {
    let slice: UploadSlice
    /// The tries that failed.
    var attempts = 0
    /// Not before this time.
    var notBefore = -Double.infinity
    /// When the last try was made.
    var triedAt = -Double.infinity
}
