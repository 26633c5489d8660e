import C8Sandbox
import LuaRuntime

/// `c8.http`: requests to granted hosts.
enum HTTPModule {
    static let module = HostModule(name: "c8.http", library: "c8/http.lua") { context in
        [("request", .hostFunction(request(context))), ("json", context.json)]
    }

    private static func request(_ context: ModuleContext) -> HostFunction {
        // An answer is held three times on its way into Lua; none of it may go beyond the script's memory.
        let mostBytes = context.configuration.limits.mostHeldBytes
        let exchange = ScriptExchange(
            transport: context.connections, grants: context.network, flows: context.flows,
            logger: context.configuration.logger)
        return HostFunction.async("c8.http") { arguments in
            let answer = try await exchange.perform(try ScriptRequest(arguments), mostBytes: mostBytes)
            return [
                .integer(Int64(answer.status)), .table(headers(answer.headers)),
                .string(LuaString(bytes: answer.body)), .string(answer.url),
            ]
        }
    }

    /// Fields of one name are one list (RFC 9110 §5.2), but for Set-Cookie, whose values hold commas: lines, then.
    private static func headers(_ fields: [(name: String, value: String)]) -> LuaTable {
        var values: [String: String] = [:]
        var names: [String] = []
        for (name, value) in fields {
            guard let before = values[name] else {
                names.append(name)
                values[name] = value
                continue
            }
            values[name] = before + (name == "set-cookie" ? "\n" : ", ") + value
        }
        return LuaTable(fields: names.map { ($0, .string(values[$0] ?? "")) })
    }
}
