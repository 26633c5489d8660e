/// Takes a body of `multipart/form-data` (RFC 7578, RFC 2046 §5.1) apart while it passes, without holding a file whole.
struct FormCapture {
    private enum Place {
        case beforeFirst
        case head
        case content
        case end
    }

    private let delimiter: [UInt8]
    private let limit: Int
    private var place = Place.beforeFirst
    /// What is not decided yet. The first delimiter has no line break before it; it gets one.
    private var pending: [UInt8] = [0x0d, 0x0a]
    private var part = CapturedBody.Part(body: .bytes([]))
    private var content: ContentCapture
    private var parts: [CapturedBody.Part] = []

    /// - Parameter limit: bytes kept of each part.
    init(boundary: String, limit: Int) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.limit = limit
        content = ContentCapture(limit: limit)
    }

    /// The boundary that a media type names.
    static func boundary(of contentType: String) -> String? {
        guard contentType.lowercased().hasPrefix("multipart/form-data") else { return nil }
        for parameter in contentType.split(separator: ";").dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "boundary" else { continue }
            let boundary = pair[1].filter { $0 != "\"" && $0 != " " }
            return boundary.isEmpty ? nil : boundary
        }
        return nil
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        pending += bytes
        while step() {}
    }

    /// The parts; nil where the body was no form after all.
    var body: CapturedBody? { place == .end ? .form(parts) : nil }

    /// Decides a piece of what is pending; false where more is needed.
    private mutating func step() -> Bool {
        switch place {
        case .end:
            pending = []
            return false
        case .head:
            guard let end = Self.find(Array("\r\n\r\n".utf8), in: pending) else { return false }
            readHead(String(decoding: pending[..<end], as: UTF8.self))
            // The line break stays: that of the delimiter of an empty part is not to be found without it.
            pending.removeFirst(end + 4)
            place = .content
        case .beforeFirst, .content:
            guard let start = Self.find(delimiter, in: pending) else {
                let sure = max(0, pending.count - delimiter.count + 1)
                if place == .content { content.append(pending[..<sure]) }
                pending.removeFirst(sure)
                return false
            }
            // What follows tells whether it is the last.
            guard pending.count >= start + delimiter.count + 2 else { return false }
            if place == .content {
                content.append(pending[..<start])
                part.body = content.body
                parts.append(part)
            }
            pending.removeFirst(start + delimiter.count)
            place = pending.starts(with: Array("--".utf8)) ? .end : .head
            part = CapturedBody.Part(body: .bytes([]))
            content = ContentCapture(limit: limit)
        }
        return true
    }

    private mutating func readHead(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            let pair = line.split(separator: ":", maxSplits: 1)
            guard pair.count == 2 else { continue }
            let value = pair[1].drop { $0 == " " }
            switch pair[0].lowercased() {
            case "content-type": part.type = String(value)
            case "content-disposition":
                part.name = Self.parameter("name", of: value) ?? ""
                part.fileName = Self.parameter("filename", of: value)
            default: break
            }
        }
    }

    private static func parameter(_ name: String, of value: Substring) -> String? {
        guard let start = value.firstRange(of: "; \(name)=\"") else { return nil }
        return String(value[start.upperBound...].prefix { $0 != "\"" })
    }

    private static func find(_ wanted: [UInt8], in bytes: [UInt8]) -> Int? {
        guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
        var position = 0
        while position + wanted.count <= bytes.count {
            if bytes[position] == first, bytes[position..<position + wanted.count].elementsEqual(wanted) {
                return position
            }
            position += 1
        }
        return nil
    }
}
