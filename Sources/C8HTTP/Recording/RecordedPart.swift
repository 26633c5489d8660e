/// One part of a recorded form (RFC 7578).
package struct RecordedPart: Sendable, Hashable {
    package let name: String
    /// Of a part that is a file.
    package let fileName: String?
    package let type: String?
    package let body: RecordedBody

    package init(name: String, fileName: String? = nil, type: String? = nil, body: RecordedBody) {
        self.name = name
        self.fileName = fileName
        self.type = type
        self.body = body
    }
}
