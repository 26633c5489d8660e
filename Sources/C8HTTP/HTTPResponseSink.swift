/// Takes an answer's body while it comes, so that it need not fit in memory.
package protocol HTTPResponseSink: Sendable {
    /// Asked when the head is there: true to take the body piece by piece, false to have it collected.
    func accepts(status: Int, headers: [(name: String, value: String)]) -> Bool

    /// The next piece; the one after it comes when this has returned.
    func receive(_ bytes: [UInt8]) throws
}
