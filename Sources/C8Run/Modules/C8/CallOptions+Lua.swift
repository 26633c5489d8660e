import C8Client
import C8Platform
import LuaRuntime

extension CallOptions {
    /// The `opts` of a call: `timeout` in seconds, `headers` and `validate`, over what the binding says. `save_to` is for
    /// the caller, where it is allowed.
    init(lua arguments: LuaArguments, position: Int, binding: Binding?, allowed: [String]) throws {
        self.init()
        if let seconds = binding?.timeoutSeconds { timeout = .seconds(seconds) }
        if arguments.isNone(position) { return }
        for pair in try arguments.table(position).pairs {
            guard case .string(let key) = pair.key else {
                throw arguments.error(position, "options are named; got a key of type \(pair.key.typeName)")
            }
            switch key.description {
            case let name where !allowed.contains(name):
                throw arguments.error(
                    position,
                    "unknown option '\(name)'" + NearestNames.hint(name, among: allowed, limit: 1)
                        + "; there are \(allowed.joined(separator: ", "))")
            case "timeout": timeout = try Self.timeout(pair.value, arguments, position)
            case "headers": headers = try Self.headers(pair.value, arguments, position)
            case "validate":
                guard case .boolean(let flag) = pair.value else {
                    throw arguments.error(position, "option validate must be true or false")
                }
                validates = flag
            default: continue
            }
        }
    }

    private static func timeout(_ value: LuaValue, _ arguments: LuaArguments, _ position: Int) throws -> Duration {
        let seconds: Double
        switch value {
        case .integer(let integer): seconds = Double(integer)
        case .number(let number): seconds = number
        default: throw arguments.error(position, "option timeout must be a number of seconds")
        }
        guard seconds > 0, seconds <= 86_400 else {
            throw arguments.error(position, "option timeout must be above 0 and at most 86400 seconds")
        }
        return .seconds(seconds)
    }

    private static func headers(
        _ value: LuaValue, _ arguments: LuaArguments, _ position: Int
    ) throws -> [(name: String, value: String)] {
        guard case .table(let table) = value else { throw arguments.error(position, "option headers must be a table") }
        var headers: [(name: String, value: String)] = []
        for pair in table.pairs {
            guard case .string(let name) = pair.key, case .string(let text) = pair.value, let name = name.text,
                let text = text.text
            else { throw arguments.error(position, "option headers must hold strings under string names") }
            headers.append((name, text))
        }
        return headers.sorted { $0.name < $1.name }
    }
}
