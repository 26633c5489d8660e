import C8HTTP
import C8Platform
import OrderedCollections

/// A body of `multipart/form-data` (RFC 7578): fields, and files that are read while they are sent.
struct MultipartForm: Sendable {
    private enum Segment: Sendable {
        case bytes([UInt8])
        case file(CallFile)

        var length: Int64 {
            switch self {
            case .bytes(let bytes): Int64(bytes.count)
            case .file(let file): file.size
            }
        }
    }

    private let segments: [Segment]
    private let boundary: String

    /// A scalar is sent as its text, an array once for each element, and whatever has a structure as JSON.
    ///
    /// - Parameter boundary: must not occur in what is sent; nil for a random one.
    init(
        fields: OrderedDictionary<String, JSONValue>, files: [CallFile], boundary: String? = nil
    ) throws(JSONError) {
        var generator = SystemRandomNumberGenerator()
        let boundary =
            boundary ?? "c8run-\(String(generator.next(), radix: 16))\(String(generator.next(), radix: 16))"
        self.boundary = boundary
        var segments: [Segment] = []
        func add(_ name: String, _ extra: String, _ content: Segment) {
            let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(Self.escaped(name))\"\(extra)\r\n\r\n"
            segments.append(.bytes(Array(head.utf8)))
            segments.append(content)
            segments.append(.bytes(Array("\r\n".utf8)))
        }
        for (name, value) in fields {
            for (bytes, isJSON) in try Self.parts(value) {
                add(name, isJSON ? "\r\nContent-Type: application/json" : "", .bytes(bytes))
            }
        }
        for file in files {
            let extra = "; filename=\"\(Self.escaped(file.name))\"\r\nContent-Type: \(file.type)"
            add(file.field, extra, .file(file))
        }
        segments.append(.bytes(Array("--\(boundary)--\r\n".utf8)))
        self.segments = segments
    }

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    var upload: HTTPUpload {
        let segments = segments
        return HTTPUpload(length: segments.reduce(0) { $0 + $1.length }) { offset, count in
            try Self.read(segments, offset: offset, count: count)
        }
    }

    /// Reads what lies at an offset, of one segment at a time.
    private static func read(_ segments: [Segment], offset: Int64, count: Int) throws -> [UInt8] {
        var start: Int64 = 0
        for segment in segments {
            let inside = offset - start
            if inside < segment.length {
                let wanted = Int(min(Int64(count), segment.length - inside))
                switch segment {
                case .bytes(let bytes): return Array(bytes[Int(inside)..<(Int(inside) + wanted)])
                case .file(let file): return try file.read(inside, wanted)
                }
            }
            start += segment.length
        }
        return []
    }

    private static func parts(_ value: JSONValue) throws(JSONError) -> [(bytes: [UInt8], isJSON: Bool)] {
        switch value {
        case .null: return []
        case .string(let text): return [(Array(text.utf8), false)]
        case .bool, .integer, .number: return [(try JSONSerializer.serialize(value), false)]
        case .array(let elements) where elements.allSatisfy(\.isScalar):
            var parts: [(bytes: [UInt8], isJSON: Bool)] = []
            for element in elements { parts += try self.parts(element) }
            return parts
        case .array, .object: return [(try JSONSerializer.serialize(value), true)]
        }
    }

    /// As browsers write names: what would end the quotes or the line is percent-encoded (RFC 7578 §2).
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "%22"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension JSONValue {
    fileprivate var isScalar: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }
}
