import C8Client
import C8Flow

extension UploadFailure {
    /// What a failed call means for the upload that it belongs to.
    init(_ error: ClientError) {
        let isNotDone = error.outcome == .notSent || error.outcome == .rejected
        switch error.kind {
        case .cancelled, .config, .unbound, .denied, .invalid, .limit:
            self = .fatal(isNotDone: isNotDone || error.kind != .cancelled && error.outcome == nil)
        case .api where error.isCredentialRefusal: self = .fatal(isNotDone: isNotDone)
        case .api, .http, .network, .timeout:
            if let status = error.status, status == 429 || status == 503 {
                self = .overloaded(retryAfter: error.retryAfter, isNotDone: isNotDone || status == 429)
            } else if error.outcome == .notSent {
                self = .notSent
            } else if error.kind == .api, error.outcome != .unknown {
                self = .rejected(code: error.code, message: error.platformMessage ?? error.message)
            } else {
                self = .unknown(isTimeout: error.kind == .timeout)
            }
        }
    }
}
