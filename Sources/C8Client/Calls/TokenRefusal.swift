import C8Platform

/// How the platform says that it does not accept the token.
enum TokenRefusal {
    /// Documented: codes 20324012 and 20324013 (page 获取 AccessToken, 3.2). Observed in public clients, not documented:
    /// HTTP 200 with `meta.status` 401, and HTTP 401.
    static func isRefused(_ envelope: Envelope, status: Int) -> Bool {
        envelope.platformCode.isTokenRefusal || envelope.metaStatus == 401 || status == 401
    }

    /// `meta.status` of an answer that is no envelope, since it has no code.
    static func metaStatus(_ body: [UInt8]) -> Int64? {
        guard let value = try? JSONParser.parse(body) else { return nil }
        return Envelope(code: 0, message: "", meta: value["meta"] ?? .null).metaStatus
    }
}
