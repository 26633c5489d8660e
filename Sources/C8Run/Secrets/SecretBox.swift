import C8Client
import C8Sandbox
import LuaRuntime

/// The secrets of one run: finds them by name, makes their userdata, and knows them again.
final class SecretBox: Sendable {
    private let secrets: [String: OpaqueSecret]
    private let type: LuaObjectType

    init(_ secrets: [String: OpaqueSecret], in state: LuaState) throws(LuaError) {
        self.secrets = secrets
        type = secrets.isEmpty ? .none : try state.defineType("secret", Self.methods)
    }

    /// `c8.env.secret(name)`.
    var lookup: HostFunction {
        HostFunction.function("secret") { arguments in
            let name = try arguments.text(1)
            guard let secret = self.secrets[name] else {
                let known = self.secrets.keys.sorted().joined(separator: ", ")
                throw ClientError(
                    kind: .config,
                    message: "the profile has no secret \"\(name)\""
                        + (known.isEmpty
                            ? ": add [profiles.NAME.secrets.\(name)] to the configuration file" : "; it has \(known)"))
            }
            return [.object(LuaObject(secret, type: self.type))]
        }
    }

    /// The secret that a value is, if it is one.
    static func secret(_ value: LuaValue) -> OpaqueSecret? {
        guard case .object(let object) = value else { return nil }
        return object.object as? OpaqueSecret
    }

    private static let methods: [HostFunction] = [
        HostFunction.function("__tostring") { arguments in
            [.string("‹secret \(secret(arguments[1])?.name ?? "")›")]
        },
        HostFunction.function("__concat") { arguments in
            let name = (secret(arguments[1]) ?? secret(arguments[2]))?.name ?? ""
            throw SandboxDenial(
                wanted: "join the secret \(name) to a text",
                remedy: "give c8.http the parts as a list, such as headers = {Authorization = {\"Bearer \", secret}}")
        },
        HostFunction.function("basic") { arguments in
            guard case .object(let object) = arguments[1], let own = object.object as? OpaqueSecret else {
                throw arguments.expected("secret", at: 1)
            }
            let user = try arguments.text(2)
            guard !user.contains(":") else { throw arguments.error(2, "a user name without a colon expected") }
            return [.object(LuaObject(own.written(as: .basic(user: user)), type: object.type))]
        },
    ]
}
