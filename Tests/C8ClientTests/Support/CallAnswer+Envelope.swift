import C8Client
import C8Platform

extension CallAnswer {
    /// The envelope, if it is one.
    var envelope: Envelope? {
        if case .envelope(let envelope) = self { envelope } else { nil }
    }
}
