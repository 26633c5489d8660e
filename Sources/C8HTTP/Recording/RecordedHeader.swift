/// A header as a cassette keeps it.
package struct RecordedHeader: Sendable, Hashable {
    /// In lower case.
    package let name: String
    package let value: String

    package init(name: String, value: String) {
        self.name = name.lowercased()
        self.value = value
    }

    /// Those of a request that tell something of it.
    static func kept(ofRequest headers: [(name: String, value: String)]) -> [RecordedHeader] {
        let told: Set<String> = ["content-type", "accept", "if-match", "if-none-match", "range", "idempotency-key"]
        return headers.map { RecordedHeader(name: $0.name, value: withoutBoundary($0.value)) }
            .filter { told.contains($0.name) || SecretNames.isSecret(header: $0.name) }
    }

    /// All of an answer but those of the connection, and those that are another in each recording.
    static func kept(ofResponse headers: [(name: String, value: String)], isHead: Bool) -> [RecordedHeader] {
        var left: Set<String> = [
            "connection", "keep-alive", "transfer-encoding", "content-encoding", "date", "server", "alt-svc",
        ]
        // Without a body it is what is asked for; else it says what the body says.
        if !isHead { left.insert("content-length") }
        return headers.map { RecordedHeader(name: $0.name, value: $0.value) }.filter { !left.contains($0.name) }
    }

    private static func withoutBoundary(_ value: String) -> String {
        guard value.lowercased().hasPrefix("multipart/"), let end = value.firstIndex(of: ";") else { return value }
        return String(value[..<end])
    }
}
