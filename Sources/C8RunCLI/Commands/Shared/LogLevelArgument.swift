import ArgumentParser
import Logging

/// The value of `--log-level`.
struct LogLevelArgument: Sendable, ExpressibleByArgument {
    let level: Logger.Level

    static let allValueStrings = Logger.Level.allCases.map(\.rawValue)

    static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }

    /// What the value must be, in every language.
    static var rule: Message {
        // Not `joined`, which would look through all conformances of the program whenever it starts.
        var names = ""
        for name in allValueStrings { names += names.isEmpty ? name : ", " + name }
        return Message(names, names)
    }

    init?(argument: String) {
        // Both spellings are in use; Lua's own function is called warn.
        guard let level = Logger.Level(rawValue: argument == "warn" ? "warning" : argument.lowercased()) else {
            return nil
        }
        self.level = level
    }
}
