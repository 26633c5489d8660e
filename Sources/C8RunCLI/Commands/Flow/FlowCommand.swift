import ArgumentParser

/// `c8run flow`: the journal of durable flows.
struct FlowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flow",
        abstract: "Look at the journal of durable flows, and settle what only a person can.",
        subcommands: [
            FlowListCommand.self, FlowShowCommand.self, FlowResolveCommand.self, FlowForgetCommand.self,
            FlowPruneCommand.self,
        ])
}
