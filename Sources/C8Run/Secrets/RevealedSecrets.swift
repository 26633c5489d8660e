import C8Client
import C8Platform
import C8Sandbox

/// The secrets of one request, read for it.
struct RevealedSecrets: Sendable {
    private var values: [(secret: OpaqueSecret, value: Secret)] = []

    /// Reads them all.
    init(_ secrets: [OpaqueSecret]) async throws {
        for secret in secrets where !values.contains(where: { $0.secret === secret }) {
            values.append((secret, try await secret.value()))
        }
    }

    func text(of secret: OpaqueSecret) -> String {
        values.first { $0.secret === secret }.map { $0.secret.text($0.value) } ?? ""
    }

    /// An answer without the secrets that it repeats.
    func hidden(in bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for (secret, value) in values {
            let text = secret.text(value)
            bytes = value.hidden(in: bytes, spellings: [text, WebAddress.quoted(text), Self.inJSON(text)])
        }
        return bytes
    }

    private static func inJSON(_ text: String) -> String {
        String(JSONSerializer.quoted(text).dropFirst().dropLast())
    }

    func hidden(in text: String) -> String {
        values.isEmpty ? text : String(decoding: hidden(in: Array(text.utf8)), as: UTF8.self)
    }
}
