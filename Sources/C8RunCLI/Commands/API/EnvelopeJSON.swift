import C8Platform

/// An envelope under the platform's own names.
enum EnvelopeJSON {
    static func json(_ envelope: Envelope, data: JSONValue) -> JSONValue {
        [
            "code": .integer(envelope.code), "message": .string(envelope.message), "data": data,
            "timestamp": envelope.timestamp.map { .integer($0) } ?? .null,
            "traceId": envelope.traceID.map { .string($0) } ?? .null, "exception": envelope.exception,
            "meta": envelope.meta, "ext": envelope.ext,
        ]
    }
}
