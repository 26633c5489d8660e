extension Envelope {
    /// Reads an answer's body in one pass; `data` is checked and cut out, not decoded.
    ///
    /// Accepted besides what is documented: a `code` that is a string of digits; every other field missing, `null` or
    /// of another type; fields this type does not know.
    ///
    /// - Throws: ``EnvelopeError`` when the body is not JSON, not an object, or has no usable `code`.
    package static func parse(_ bytes: [UInt8]) throws(EnvelopeError) -> Envelope {
        let content: Content
        do {
            content = try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in try scan(buffer) }
        } catch {
            throw EnvelopeError(.notJSON(error))
        }
        switch content {
        case .object(let fields):
            return try make(fields)
        case .other(let typeName):
            throw EnvelopeError(.notAnObject(found: typeName))
        }
    }

    /// The fields of an envelope as they were found; of two with one name, the last.
    private struct Fields {
        var code: JSONValue?
        var message: JSONValue?
        var timestamp: JSONValue?
        var traceID: JSONValue?
        var exception = JSONValue.null
        var meta = JSONValue.null
        var ext = JSONValue.null
        var data: JSONBytes?
    }

    /// What a body holds, before it is judged.
    private enum Content {
        case object(Fields)
        case other(typeName: String)
    }

    private static func scan(_ buffer: UnsafeBufferPointer<UInt8>) throws(JSONError) -> Content {
        var scanner = JSONScanner(buffer, maximumDepth: 256)
        scanner.skipWhitespace()
        guard scanner.peek == ASCII.openBrace else {
            let value = try scanner.value()
            try scanner.finish()
            return .other(typeName: value.typeName)
        }
        var fields = Fields()
        var isFirst = true
        try scanner.open()
        while let key = try scanner.nextKey(isFirst: &isFirst) {
            switch scanner.text(of: key) {
            case "data":
                scanner.skipWhitespace()
                let isNull = scanner.peek == UInt8(ascii: "n")
                let range = try scanner.skipValue()
                fields.data = isNull ? nil : JSONBytes(checked: Array(buffer[range]))
            case "code": fields.code = try scanner.value()
            case "message": fields.message = try scanner.value()
            case "timestamp": fields.timestamp = try scanner.value()
            case "traceId": fields.traceID = try scanner.value()
            case "exception": fields.exception = try scanner.value()
            case "meta": fields.meta = try scanner.value()
            case "ext": fields.ext = try scanner.value()
            default:
                _ = try scanner.skipValue()
            }
        }
        try scanner.finish()
        return .object(fields)
    }

    private static func make(_ fields: Fields) throws(EnvelopeError) -> Envelope {
        guard let rawCode = fields.code, !rawCode.isNull else { throw EnvelopeError(.missingCode) }
        guard let code = rawCode.lenientInteger else { throw EnvelopeError(.unusableCode(found: rawCode)) }
        return Envelope(
            code: code, message: text(fields.message) ?? "", data: fields.data,
            timestamp: fields.timestamp?.lenientInteger, traceID: text(fields.traceID), exception: fields.exception,
            meta: fields.meta, ext: fields.ext)
    }

    /// A field that should be a string; anything else but `null` is shown as its JSON text rather than lost.
    private static func text(_ value: JSONValue?) -> String? {
        switch value {
        case nil, .null?: nil
        case .string(let string)?: string
        case let other?: (try? JSONSerializer.serialize(other)).map { String(decoding: $0, as: UTF8.self) }
        }
    }
}
