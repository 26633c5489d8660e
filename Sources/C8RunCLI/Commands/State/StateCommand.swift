import ArgumentParser

/// `c8run state`: the place where tokens and flows are kept.
struct StateCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "state", abstract: CommandMessage.state.text,
            subcommands: [StateStatusCommand.self, StateMigrateCommand.self])
    }
}
