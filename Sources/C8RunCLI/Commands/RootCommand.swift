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
        subcommands: [
            RunCommand.self, ReplCommand.self, TokenCommand.self, FlowCommand.self, EmulatorCommand.self,
            APICommand.self, CheckCommand.self, DoctorCommand.self,
        ],
        defaultSubcommand: RunCommand.self)

    /// The words that may stand first. Written out, since asking every command's configuration costs a short script
    /// dearly; a test holds the two together.
    static let commandNames = [
        "run", "repl", "token", "flow", "emulator", "api", "check", "doctor", "help",
    ]
}
