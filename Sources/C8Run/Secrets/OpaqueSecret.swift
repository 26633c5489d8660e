import C8Client
import C8Sandbox

/// A secret as a script holds it: a userdata that can be sent, but not seen.
final class OpaqueSecret: Sendable {
    /// How the content is written into a request.
    enum Form: Sendable, Hashable {
        case plain
        /// `Basic` credentials with the secret as the password (RFC 7617).
        case basic(user: String)
    }

    let name: String
    let host: HostPattern
    let form: Form
    private let content: OnceTask<Secret>

    init(name: String, host: HostPattern, form: Form = .plain, content: OnceTask<Secret>) {
        self.name = name
        self.host = host
        self.form = form
        self.content = content
    }

    /// - Throws: ``ScriptError`` of kind `config` where the host is none.
    convenience init(_ secret: HostSecret, name: String) throws(ScriptError) {
        let pattern: HostPattern
        do throws(WebAddressError) {
            pattern = try HostPattern(parsing: secret.host)
            guard case .host = pattern.place else { throw WebAddressError("one host is wanted, not several") }
        } catch {
            throw ScriptError(
                kind: .config, message: "the host \"\(secret.host)\" of the secret \(name) cannot be used: \(error)")
        }
        self.init(name: name, host: pattern, content: OnceTask { Secret(try await secret.read()) })
    }

    func written(as form: Form) -> OpaqueSecret {
        OpaqueSecret(name: name, host: host, form: form, content: content)
    }

    /// Decides whether the secret may go to a URL: to its own host, and not in the clear over a network.
    func check(_ address: WebAddress) throws(SandboxDenial) {
        guard host.names(address.host, port: address.port) else {
            throw SandboxDenial(
                wanted: "send the secret \(name) to \(address.endpoint)", remedy: "it is for \(host) alone")
        }
        if address.scheme == .http, !address.host.isThisMachine {
            throw SandboxDenial(
                wanted: "send the secret \(name) over plain http",
                remedy: "use https, so that nobody on the way reads it")
        }
    }

    /// The secret itself, read now if it was not yet.
    func value() async throws -> Secret { try await content.value() }

    /// The text that is sent.
    func text(_ secret: Secret) -> String {
        switch form {
        case .plain: return secret.revealForRequest()
        case .basic(let user):
            let pair = Array("\(user):\(secret.revealForRequest())".utf8)
            return "Basic " + String(decoding: Encodings.base64(pair) {}, as: UTF8.self)
        }
    }
}
