/// An answer as a cassette keeps it.
package struct RecordedResponse: Sendable, Hashable {
    package let status: Int
    package let headers: [RecordedHeader]
    /// Nil for an empty one.
    package let body: RecordedBody?

    package init(status: Int, headers: [RecordedHeader] = [], body: RecordedBody? = nil) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
