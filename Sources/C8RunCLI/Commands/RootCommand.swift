import ArgumentParser

/// `c8run` itself.
struct RootCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "c8run",
            abstract: CommandMessage.root.text,
            usage: """
                c8run [options] <script> [<argument> …]
                c8run <command> …
                """,
            version: "c8run \(Version.text)",
            subcommands: [
                RunCommand.self, ReplCommand.self, CheckCommand.self, TestCommand.self, TokenCommand.self,
                FlowCommand.self, SubmitCommand.self, WorkerCommand.self, QueueCommand.self, StateCommand.self,
                EmulatorCommand.self, APICommand.self, DoctorCommand.self,
                InitCommand.self,
            ],
            defaultSubcommand: RunCommand.self)
    }

    @OptionGroup var language: LanguageOptions

    /// The words that may stand first. Written out, since asking every command's configuration costs a short script
    /// dearly; a test holds the two together.
    static let commandNames = [
        "run", "repl", "check", "test", "token", "flow", "submit", "worker", "queue", "state", "emulator", "api",
        "doctor", "init", "help",
    ]
}
