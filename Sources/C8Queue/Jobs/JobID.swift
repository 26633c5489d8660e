/// The id of a queued script, the submitter's own or a made-up one: 1 to 200 bytes of UTF-8 without control characters.
///
/// One id runs once: whoever submits it again is told of the job that is there. Compared byte for byte, as the database does.
package struct JobID: Sendable, Hashable, CustomStringConvertible {
    /// Bytes of an id, at most.
    package static let mostBytes = 200

    package let text: String

    /// - Throws: ``JobQueueError/badName(_:_:)``.
    package init(_ text: String) throws(JobQueueError) {
        guard (1...Self.mostBytes).contains(text.utf8.count) else {
            throw .badName(text, "must have 1 to \(Self.mostBytes) bytes")
        }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .badName(text, "must have no control characters")
        }
        self.text = text
    }

    package static func == (left: JobID, right: JobID) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }

    package var description: String { text }
}
