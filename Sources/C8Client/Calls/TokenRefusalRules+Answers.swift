import C8Platform

extension TokenRefusalRules {
    /// Whether an envelope says that the platform does not accept the token.
    func match(_ envelope: Envelope, status: Int) -> Bool {
        match(code: envelope.code, metaStatus: envelope.metaStatus, status: status)
    }

    /// The same of an answer that is no envelope, since it has no code: a gateway's, with a form of its own.
    func match(_ body: [UInt8], status: Int) -> Bool {
        let meta = (try? JSONParser.parse(body)).flatMap { $0["meta"] }
        let metaStatus = Envelope(code: 0, message: "", meta: meta ?? .null).metaStatus
        return match(code: nil, metaStatus: metaStatus, status: status)
    }
}
