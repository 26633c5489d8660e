/// A request as a cassette keeps it.
package struct RecordedRequest: Sendable, Hashable {
    package let method: String
    /// Of the platform only what stands behind the base URL, beginning with a slash, so that the same cassette plays for any;
    /// else the whole URL.
    package let url: String
    /// For people to read; what is asked is told by the rest.
    package let headers: [RecordedHeader]
    package let body: RecordedBody?

    package init(method: String, url: String, headers: [RecordedHeader] = [], body: RecordedBody? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}
