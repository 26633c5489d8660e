import C8Client
import LuaRuntime

/// `c8.task`: what `c8/task.lua` is made of.
enum TaskModule {
    /// Longer than any script runs; beyond it a `Duration` could overflow.
    private static let longestSleep = 1e9

    static let module = HostModule(name: "c8.task", library: "c8/task.lua") { context in
        TaskFunctions.all + [
            ("sleep", .hostFunction(sleep(context.configuration.clock ?? SystemClock()))),
            ("time_out", .hostFunction(timeOut)),
        ]
    }

    private static func sleep(_ clock: any ClientClock) -> HostFunction {
        HostFunction.async("sleep") { arguments in
            let seconds = try seconds(arguments)
            try await clock.sleep(seconds: seconds)
            return []
        }
    }

    /// Raises what `task.timeout` ends with; before the time, where it is not one.
    private static let timeOut = HostFunction.function("timeout") { arguments in
        let seconds = try seconds(arguments)
        if case .boolean(true) = arguments[2] {
            let position: String? = if case .string(let text) = arguments[3] { text.description } else { nil }
            throw TaskTimeout(seconds: seconds, position: position)
        }
        return []
    }

    private static func seconds(_ arguments: LuaArguments) throws(LuaArgumentError) -> Double {
        let seconds = try arguments.number(1)
        guard seconds >= 0, seconds <= longestSleep else {
            throw arguments.error(1, "a number of seconds from 0 to 1e9 expected")
        }
        return seconds
    }
}
