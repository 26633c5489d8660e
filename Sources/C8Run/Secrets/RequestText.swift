import C8Client
import C8Sandbox
import LuaRuntime

/// A text of a request, of which parts may be secrets: `"Bearer "`, then a secret.
struct RequestText: Sendable {
    enum Part: Sendable {
        case literal([UInt8])
        case secret(OpaqueSecret)
    }

    let parts: [Part]

    /// Reads a string, a number, a secret, or a list of these; nil for anything else.
    init?(_ value: LuaValue) {
        if case .table(let table) = value {
            guard table.pairs.isEmpty, !table.array.isEmpty else { return nil }
            var parts: [Part] = []
            for element in table.array {
                guard let part = Self.part(element) else { return nil }
                parts.append(part)
            }
            self.parts = parts
        } else {
            guard let part = Self.part(value) else { return nil }
            parts = [part]
        }
    }

    private static func part(_ value: LuaValue) -> Part? {
        switch value {
        case .string(let text): .literal(text.bytes)
        case .integer(let integer): .literal(Array(String(integer).utf8))
        case .number(let number): .literal(Array(String(number).utf8))
        case .boolean(let flag): .literal(Array(String(flag).utf8))
        case .object: SecretBox.secret(value).map { .secret($0) }
        default: nil
        }
    }

    var secrets: [OpaqueSecret] {
        parts.compactMap { if case .secret(let secret) = $0 { secret } else { nil } }
    }

    /// The bytes as they are sent.
    func bytes(_ secrets: RevealedSecrets) -> [UInt8] {
        parts.flatMap { part in
            switch part {
            case .literal(let bytes): bytes
            case .secret(let secret): Array(secrets.text(of: secret).utf8)
            }
        }
    }
}
