import C8Platform

/// How the platform says that it does not accept the token.
enum TokenRefusal {
    /// Documented: codes 20324012 and 20324013 (page 获取 AccessToken, 3.2). Observed in public clients, not documented:
    /// HTTP 200 with `meta.status` 401, and HTTP 401.
    static func isRefused(_ envelope: Envelope, status: Int) -> Bool {
        switch envelope.platformCode {
        case .tokenRefusedA, .tokenRefusedB: true
        default: envelope.metaStatus == 401 || status == 401
        }
    }
}
