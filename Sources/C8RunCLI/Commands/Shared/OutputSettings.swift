import Logging

/// How a command speaks to its operator.
struct OutputSettings: Sendable, Equatable {
    /// The least important messages logged; nil for the command's own choice.
    var logLevel: Logger.Level?
    var logFormat = LogFormat.text
    var color = ColorChoice.auto

    /// The printer for errors of the command.
    var printer: ErrorPrinter { .standard(color: color, format: logFormat, environment: ProcessEnvironment.lookup) }

    /// A logger that writes to standard error in the chosen form.
    ///
    /// - Parameter standardLevel: the level where no option sets one.
    func logger(standardLevel: Logger.Level = .info) -> Logger {
        let level = logLevel ?? standardLevel
        let (format, usesColor) = (logFormat, printer.usesColor)
        return Logger(label: "c8run") { _ in
            StandardErrorLogHandler(level: level, format: format, usesColor: usesColor)
        }
    }
}
