/// What `--record` writes and `--replay` plays: exchanges in the order in which they were asked for.
package struct Cassette: Sendable, Hashable {
    /// Of the format; a file of a later one is not read.
    static let version: Int64 = 1
    static let format = "c8run recording"

    /// The secrets of other systems that were used, by name, with the host that each is for.
    package var secretHosts: [String: String]
    package var exchanges: [RecordedExchange]

    package init(secretHosts: [String: String] = [:], exchanges: [RecordedExchange] = []) {
        self.secretHosts = secretHosts
        self.exchanges = exchanges
    }
}
