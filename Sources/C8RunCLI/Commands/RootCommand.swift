import ArgumentParser

/// `c8run` itself.
struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "c8run",
        abstract: "Run Lua scripts against the Supercarrier8 open platform.",
        usage: """
            c8run [options] <script> [<argument> …]
            c8run <command> …
            """,
        version: "c8run \(Version.text)",
        subcommands: [RunCommand.self, TokenCommand.self, EmulatorCommand.self, APICommand.self],
        defaultSubcommand: RunCommand.self)

    /// The words that may stand first.
    static let commandNames = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
}
