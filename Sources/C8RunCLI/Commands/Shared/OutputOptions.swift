import ArgumentParser

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

    /// The options as plain values.
    var settings: OutputSettings {
        OutputSettings(logLevel: logLevel?.level, logFormat: logFormat, color: color)
    }
}
