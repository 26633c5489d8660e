import ArgumentParser
import Logging

/// The options for logs and errors, shared by all commands that do more than print.
struct OutputOptions: ParsableArguments {
    @Option(
        name: .customLong("log-level"), parsing: .unconditional,
        help: ArgumentHelp("The least important messages logged (default: info).", valueName: "level"))
    var logLevel: LogLevelArgument?

    @Option(
        name: .customLong("log-format"), parsing: .unconditional,
        help: ArgumentHelp("How messages are logged: text or json.", valueName: "format"))
    var logFormat: LogFormat = .text

    @Option(
        name: .customLong("color"), parsing: .unconditional,
        help: ArgumentHelp("When to colour standard error: auto, always or never.", valueName: "when"))
    var color: ColorChoice = .auto

    /// The printer for errors of the command.
    var printer: ErrorPrinter { .standard(color: color, environment: ProcessEnvironment.lookup) }

    /// A logger that writes to standard error in the chosen form.
    ///
    /// - Parameter standardLevel: the level where no option sets one.
    func logger(standardLevel: Logger.Level = .info) -> Logger {
        let level = logLevel?.level ?? standardLevel
        let (format, usesColor) = (logFormat, printer.usesColor)
        return Logger(label: "c8run") { _ in
            StandardErrorLogHandler(level: level, format: format, usesColor: usesColor)
        }
    }
}
