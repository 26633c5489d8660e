/// Knows what must not be in a cassette. The transport tells it what it sees in places that are for secrets alone; whoever
/// knows further secrets tells it too. Asked at the end, so that a secret is found also in what came before it was known.
package protocol CassetteScrubber: Sendable {
    /// Learns a secret.
    ///
    /// - Parameter name: shown in its place.
    func learn(_ content: String, as name: String)

    /// The bytes without any secret, however it is spelled; nil where they hold none.
    func scrubbed(_ bytes: [UInt8]) -> [UInt8]?
}
