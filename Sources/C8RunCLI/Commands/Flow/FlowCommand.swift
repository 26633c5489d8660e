import ArgumentParser

/// `c8run flow`: the journal of durable flows.
struct FlowCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "flow",
            abstract: CommandMessage.flow.text,
            subcommands: [
                FlowListCommand.self, FlowShowCommand.self, FlowResolveCommand.self, FlowForgetCommand.self,
                FlowPruneCommand.self,
            ])
    }
}
