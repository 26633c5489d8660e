package import C8Platform
import OrderedCollections

/// What the calls of one operation have in common, found out once.
package final class PreparedCall: Sendable {
    package let binding: Binding
    /// Whether a body is sent as it is: no field is known, or moves elsewhere.
    package let takesAnyBody: Bool
    /// Of calls whose body is sent as it is, but for that.
    let request: PlatformRequest?
    let url: String

    /// Nil for calls of files.
    package init?(_ binding: Binding, of client: PlatformClient) {
        guard !binding.multipart, !binding.download else { return nil }
        self.binding = binding
        let isSent = binding.request.isEmpty && binding.path.fieldNames.isEmpty && binding.method.sendsBody
        request = isSent ? try? PlatformRequest(method: binding.method, path: binding.path.text) : nil
        takesAnyBody = request != nil
        url = request.map { client.base.url($0.target) } ?? ""
    }
}
