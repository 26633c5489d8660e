import C8Client
import C8Platform
import LuaRuntime
import OrderedCollections

/// `c8.request{method, path, query, body, headers, effect}`: an authenticated request that the catalogue lacks, to the
/// profile's own host.
struct PlatformRawRequest: Sendable {
    let platform: PlatformServices?
    let flows: FlowRuns

    private static let fields: Set<String> = ["method", "path", "query", "body", "headers", "effect", "timeout"]

    var function: HostFunction {
        HostFunction.async("c8.request", staysOnThread: true) { arguments in
            let table = try arguments.table(1)
            for pair in table.pairs {
                guard case .string(let name) = pair.key, Self.fields.contains(name.description) else {
                    let fields = Self.fields.sorted().joined(separator: ", ")
                    throw arguments.error(1, "unknown field; there are \(fields)")
                }
            }
            let request = try self.request(table, arguments)
            let effect = try self.effect(table, request, arguments)
            let optionFields = table.pairs.filter {
                if case .string(let name) = $0.key { return ["headers", "timeout"].contains(name.description) }
                return false
            }
            let options = try CallOptions(
                lua: LuaArguments(function: "c8.request", values: [.table(LuaTable(pairs: optionFields))]), position: 1,
                binding: nil, allowed: ["timeout", "headers"])
            guard let platform else { throw PlatformCall.noPlatform }
            let client = try await platform.client()
            let name = "\(request.method.rawValue) \(request.path)"
            let answer = try await flows.writing(name, effect: effect, answer: PlatformCall.told) {
                try await client.request(request, effect: effect, options: options)
            }
            switch answer {
            case .envelope(let envelope): return envelope.luaValues
            case .withheld(let withheld): return try PlatformCall.values(withheld)
            case .file:
                throw ClientError.unusable(
                    .http, "\(request.path): answered with a file instead of an envelope", operation: nil,
                    effect: effect)
            }
        }
    }

    private func request(_ table: LuaTable, _ arguments: LuaArguments) throws -> PlatformRequest {
        guard case .string(let path)? = table["path"] else { throw arguments.error(1, "field path: a string expected") }
        var method = HTTPMethod.get
        if case .string(let name)? = table["method"] {
            guard let known = HTTPMethod(rawValue: name.description.uppercased()) else {
                throw arguments.error(1, "field method: one of GET, POST, PUT, DELETE, PATCH expected")
            }
            method = known
        }
        var query: [(name: String, value: String)] = []
        if case .object(let members) = try LuaJSON.value(of: table["query"] ?? .nil, name: "query") {
            for (name, value) in members {
                switch value {
                case .string(let text): query.append((name, text))
                case .integer(let integer): query.append((name, String(integer)))
                case .number(let number): query.append((name, String(number)))
                case .bool(let flag): query.append((name, String(flag)))
                default: throw arguments.error(1, "field query.\(name): a string, number or boolean expected")
                }
            }
        }
        let body = try table["body"].map { try LuaJSON.value(of: $0, name: "body") }
        return try PlatformRequest(method: method, path: path.description, query: query, body: body)
    }

    /// GET is taken for a read; everything else for a write unless the script knows better.
    private func effect(_ table: LuaTable, _ request: PlatformRequest, _ arguments: LuaArguments) throws -> Effect {
        guard case .string(let name)? = table["effect"] else { return request.method == .get ? .read : .write }
        guard let effect = Effect(rawValue: name.description) else {
            throw arguments.error(1, "field effect: one of read, idempotent, write expected")
        }
        return effect
    }
}
