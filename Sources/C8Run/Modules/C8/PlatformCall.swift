import C8Client
import C8Platform
import Logging
import LuaRuntime

/// `c8.<operation>(body, opts)`.
struct PlatformCall: Sendable {
    let platform: PlatformServices?
    let logger: Logger

    var function: HostFunction {
        HostFunction.async("c8.call") { arguments in
            let binding = try await Self.binding(try arguments.text(1), of: platform)
            let body = try LuaJSON.value(of: arguments[2], name: "body")
            let options = try CallOptions(lua: arguments, position: 3, binding: binding)
            guard let platform else { throw Self.noPlatform }
            if binding.id.rawValue == "auth.get_token" { return try await token(platform) }
            if try await platform.configuration().dryRun, binding.effect != .read {
                return try dryRun(binding, body: body)
            }
            return try await platform.client().call(binding, body: body, options: options).luaValues
        }
    }

    /// The binding of an operation, or the error that names the page to take it from.
    static func binding(_ id: String, of platform: PlatformServices?) async throws -> Binding {
        guard let entry = Catalogue.standard[OperationID(id)], entry.kind == .operation else {
            throw UnknownOperation(id: id)
        }
        guard let platform else { throw noPlatform }
        guard let binding = try await platform.bindings()[entry.id] else {
            throw ClientError(
                kind: .unbound,
                message: "\(id) has no binding yet: its documentation page is 「\(entry.title)」 (\(entry.section)); "
                    + "write method, path and fields of that page into a bindings file and pass it with --bindings",
                operation: entry.id, outcome: .notSent)
        }
        return binding
    }

    static let noPlatform = ClientError(
        kind: .config,
        message: "no platform is configured: set C8_BASE_URL, C8_ACCESS_KEY and C8_SECRET_KEY, write a profile, "
            + "or run with --emulator", outcome: .notSent)

    /// A token is fetched by the token source alone, and shown by `c8.token.reveal()` alone.
    private func token(_ platform: PlatformServices) async throws -> [LuaValue] {
        _ = try await platform.tokens().token()
        let status = try await platform.tokens().status()
        return [TokenModule.table(status), .nil]
    }

    /// Makes the request as far as it can be judged here, and logs it.
    private func dryRun(_ binding: Binding, body: JSONValue) throws -> [LuaValue] {
        let request = try binding.makeRequest(body: body)
        logger.notice(
            "dry run: not sent",
            metadata: [
                "operation": "\(binding.id)", "method": "\(request.method.rawValue)", "path": "\(request.path)",
                "effect": "\(binding.effect.rawValue)",
            ])
        return [.nil, .table(LuaTable(fields: [("dry_run", .boolean(true)), ("message", .string("dry run"))]))]
    }
}
