import C8Platform
import OrderedCollections

/// Reads a body of `multipart/form-data` (RFC 7578, RFC 2046 §5.1): each part as a text, a file's content too.
enum MultipartReader {
    /// More parts than any form here has.
    private static let mostParts = 100

    static func fields(
        of body: [UInt8], contentType: String
    ) throws(Refusal) -> OrderedDictionary<String, JSONValue> {
        guard let boundary = boundary(contentType), !boundary.isEmpty, boundary.utf8.count <= 70 else {
            throw .malformedBody
        }
        let delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter has no line break before it.
        let bytes = [UInt8(ascii: "\r"), UInt8(ascii: "\n")] + body
        var fields: OrderedDictionary<String, JSONValue> = [:]
        guard var position = find(delimiter, in: bytes, from: 0).map({ $0 + delimiter.count }) else {
            throw .malformedBody
        }
        for _ in 0..<mostParts {
            if bytes[position...].starts(with: Array("--".utf8)) { return fields }
            guard bytes[position...].starts(with: Array("\r\n".utf8)),
                let headEnd = find(Array("\r\n\r\n".utf8), in: bytes, from: position),
                let end = find(delimiter, in: bytes, from: headEnd + 2)
            else { throw .malformedBody }
            let head = String(decoding: bytes[(position + 2)..<max(position + 2, headEnd)], as: UTF8.self)
            guard let name = name(head),
                let text = String(validating: bytes[min(end, headEnd + 4)..<end], as: UTF8.self)
            else { throw .malformedBody }
            fields[name] = .string(text)
            position = end + delimiter.count
        }
        throw .malformedBody
    }

    private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard needle.count <= bytes.count else { return nil }
        var index = start
        let last = bytes.count - needle.count
        while index <= last {
            if bytes[index] == needle[0], bytes[index..<(index + needle.count)].elementsEqual(needle) { return index }
            index += 1
        }
        return nil
    }

    private static func boundary(_ contentType: String) -> String? {
        for parameter in contentType.split(separator: ";").dropFirst() {
            let text = parameter.drop { $0 == " " }
            if text.lowercased().hasPrefix("boundary=") {
                return String(text.dropFirst("boundary=".count).filter { $0 != "\"" })
            }
        }
        return nil
    }

    private static func name(_ head: String) -> String? {
        for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix("content-disposition:") {
            guard let start = line.firstRange(of: "; name=\"") else { return nil }
            let rest = line[start.upperBound...]
            return rest.firstIndex(of: "\"").map { String(rest[..<$0]) }
        }
        return nil
    }
}
