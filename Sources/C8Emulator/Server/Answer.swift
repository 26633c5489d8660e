import C8Platform

/// What the emulator answers: the outcome of an operation, or of get-token, before it is put into an envelope.
struct Answer: Sendable {
    var status = 200
    var code: Int64 = 200
    var message = "success"
    var data: JSONValue = .null
    var meta: JSONValue = .null
    /// Sent in place of the envelope.
    var file: File?

    /// What a download answers with.
    struct File: Sendable {
        let bytes: [UInt8]
        let type: String
        let name: String
    }

    static func success(_ data: JSONValue) -> Answer {
        Answer(data: data)
    }

    static func refused(_ refusal: Refusal) -> Answer {
        Answer(status: refusal.status, code: refusal.code, message: refusal.message)
    }

    /// The whole documented envelope, with every field in the order of the documentation's example.
    func envelope(now: Double, traceID: String) -> JSONValue {
        [
            "code": .integer(code),
            "message": .string(message),
            "data": data,
            "timestamp": .integer(WallClock.milliseconds(now)),
            "traceId": .string(traceID),
            "exception": nil,
            "meta": meta,
            "ext": nil,
        ]
    }
}
