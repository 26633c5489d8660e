package import C8Platform

/// A body as a cassette keeps it: in the form that a person reads most easily.
package enum RecordedBody: Sendable, Hashable {
    /// - Parameter text: the exact text, where writing the value anew would spell it otherwise.
    case json(JSONValue, text: String? = nil)
    case text(String)
    /// Neither JSON nor UTF-8.
    case bytes([UInt8])
    /// Too long to keep: 64 hex digits, and the number of bytes.
    case digest(sha256: String, size: Int64)
    /// The parts of `multipart/form-data`, without the boundary, which is another one each time.
    case form([RecordedPart])
}

extension RecordedBody {
    /// The form that fits a captured body.
    ///
    /// - Parameter keepsSpelling: whether white space and the like must be the same when it is played.
    init(_ body: CapturedBody, keepsSpelling: Bool) {
        switch body {
        case .digest(let sha256, let size): self = .digest(sha256: sha256, size: size)
        case .form(let parts):
            self = .form(
                parts.map {
                    RecordedPart(
                        name: $0.name, fileName: $0.fileName, type: $0.type,
                        body: RecordedBody($0.body, keepsSpelling: keepsSpelling))
                })
        case .bytes(let bytes):
            if let value = Self.json(bytes) {
                let isKept = !keepsSpelling || (try? JSONSerializer.serialize(value)) == bytes
                self = .json(value, text: isKept ? nil : String(decoding: bytes, as: UTF8.self))
            } else if let text = String(validating: bytes, as: UTF8.self) {
                self = .text(text)
            } else {
                self = .bytes(bytes)
            }
        }
    }

    /// Objects and arrays alone: a bare word or number is read more easily as the text that it is.
    private static func json(_ bytes: [UInt8]) -> JSONValue? {
        let first = bytes.first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        return try? JSONParser.parse(bytes)
    }

    /// The bytes to play; nil where they were not kept.
    package var played: [UInt8]? {
        switch self {
        // Whoever edits the value means the value.
        case .json(let value, let text?) where (try? JSONParser.parse(Array(text.utf8))) == value: Array(text.utf8)
        case .json(let value, _): try? JSONSerializer.serialize(value)
        case .text(let text): Array(text.utf8)
        case .bytes(let bytes): bytes
        case .digest, .form: nil
        }
    }
}
