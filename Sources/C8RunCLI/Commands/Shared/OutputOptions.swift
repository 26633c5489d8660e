import ArgumentParser

/// The options for logs and errors, shared by all commands that do more than print.
struct OutputOptions: ParsableArguments {
    @Option(
        name: .customLong("log-level"), parsing: .unconditional,
        help: ArgumentHelp(.logLevel, valueName: "level"))
    var logLevel: LogLevelArgument?

    @Option(
        name: .customLong("log-format"), parsing: .unconditional,
        help: ArgumentHelp(.logFormat, valueName: "format"))
    var logFormat: LogFormat = .text

    @Option(
        name: .customLong("color"), parsing: .unconditional,
        help: ArgumentHelp(.color, valueName: "when"))
    var color: ColorChoice = .auto

    @OptionGroup var language: LanguageOptions

    /// The options as plain values.
    var settings: OutputSettings {
        OutputSettings(logLevel: logLevel?.level, logFormat: logFormat, color: color)
    }
}
