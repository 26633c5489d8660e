import C8Platform
import LuaRuntime

/// `c8.progress`: what `c8/progress.lua` is made of.
enum ProgressModule {
    static let module = HostModule(name: "c8.progress", library: "c8/progress.lua") { context in
        let output = context.configuration.progress
        return [("bar", .hostFunction(bar(output)))]
    }

    /// `bar(options)` → `advance(amount)`, `finish()`.
    private static func bar(_ output: ProgressOutput) -> HostFunction {
        HostFunction.function("bar") { arguments in
            let options = arguments.isNone(1) ? LuaTable(fields: []) : try arguments.table(1)
            for pair in options.pairs {
                guard case .string(let name) = pair.key, ["label", "total"].contains(name.description) else {
                    throw arguments.error(1, "its options are: label, total")
                }
            }
            var label = "progress"
            if let value = options["label"] {
                guard case .string(let text) = value else { throw arguments.error(1, "label must be a string") }
                label = text.description
            }
            let total = try options["total"].map { try number($0, arguments, "total must be a number from 0") }
            let line = output.line(label: label, total: total)
            return [
                .hostFunction(
                    HostFunction.function("advance") { arguments in
                        let amount =
                            arguments.isNone(1)
                            ? 1 : try number(arguments[1], arguments, "a number from 0 expected")
                        line.advance(amount)
                        return []
                    }),
                .hostFunction(
                    HostFunction.function("finish") { _ in
                        line.finish()
                        return []
                    }),
            ]
        }
    }

    private static func number(
        _ value: LuaValue, _ arguments: LuaArguments, _ problem: String
    ) throws(LuaArgumentError) -> Double {
        switch value {
        case .integer(let number) where number >= 0: return Double(number)
        case .number(let number) where number >= 0 && number.isFinite: return number
        default: throw arguments.error(1, problem)
        }
    }
}
