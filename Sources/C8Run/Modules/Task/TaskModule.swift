import LuaRuntime

/// `c8.task`: so far `sleep(seconds)`, which suspends the calling coroutine.
enum TaskModule {
    /// Longer than any script runs; beyond it a `Duration` could overflow.
    private static let longestSleep = 1e9

    static let module = HostModule(name: "c8.task") { _ in
        [
            (
                "sleep",
                .hostFunction(
                    HostFunction.async("sleep") { arguments in
                        let seconds = try arguments.number(1)
                        guard seconds >= 0, seconds <= longestSleep else {
                            throw arguments.error(1, "a number of seconds from 0 to 1e9 expected")
                        }
                        try await Task.sleep(for: .seconds(seconds))
                        return []
                    })
            )
        ]
    }
}
