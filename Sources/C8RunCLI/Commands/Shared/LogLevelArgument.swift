import ArgumentParser
import Logging

/// The value of `--log-level`.
struct LogLevelArgument: Sendable, ExpressibleByArgument {
    let level: Logger.Level

    static let allValueStrings = Logger.Level.allCases.map(\.rawValue)

    init?(argument: String) {
        // Both spellings are in use; Lua's own function is called warn.
        guard let level = Logger.Level(rawValue: argument == "warn" ? "warning" : argument.lowercased()) else {
            return nil
        }
        self.level = level
    }
}
