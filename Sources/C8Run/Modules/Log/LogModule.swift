import Logging
import LuaRuntime

/// `c8.log`: `debug`, `info`, `warn`, `error`, each with a message and a table of fields.
enum LogModule {
    static let module = HostModule(name: "c8.log") { context in
        let logger = context.configuration.logger
        let levels: [(String, Logger.Level)] = [
            ("debug", .debug), ("info", .info), ("warn", .warning), ("error", .error),
        ]
        return levels.map { name, level in
            (
                name,
                .hostFunction(
                    HostFunction.function(name) { arguments in
                        guard logger.logLevel <= level else { return [] }
                        let message = text(arguments[1])
                        var metadata: Logger.Metadata = [:]
                        if !arguments.isNone(2) {
                            for pair in try arguments.table(2).pairs {
                                metadata[text(pair.key)] = .string(text(pair.value))
                            }
                        }
                        let size = metadata.reduce(message.utf8.count) {
                            $0 + $1.key.utf8.count + "\($1.value)".utf8.count
                        }
                        if context.configuration.mayLog(size) {
                            logger.log(level: level, "\(message)", metadata: metadata)
                        }
                        return []
                    })
            )
        }
    }

    /// A value as a line of a log shows it; a table by its kind only.
    private static func text(_ value: LuaValue) -> String {
        switch value {
        case .string(let string): string.description
        case .integer(let integer): String(integer)
        case .number(let number): String(number)
        case .boolean(let flag): String(flag)
        case .nil: "nil"
        case .null: "null"
        default: "(\(value.typeName))"
        }
    }
}
