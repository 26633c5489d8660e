import ArgumentParser

/// From arguments to an exit code: parses, runs the command, prints what went wrong.
struct CommandRunner: Sendable {
    var context: CommandContext

    /// Runs c8run with the process's arguments, without the program's name.
    func run(_ arguments: [String]) async -> Int32 {
        // Errors in the arguments come before any --color could be read.
        let plainPrinter = ErrorPrinter.standard(color: .auto, environment: context.loader.folders.environment)
        let command: any CLICommand
        switch parse(arguments) {
        case .success(let parsed): command = parsed
        case .failure(let ending): return ending.finish(plainPrinter)
        }
        do {
            return try await command.run(context)
        } catch {
            let failure = CommandFailure(error, stoppedBy: context.signals.received)
            if let report = failure.report { (command.errorPrinter ?? plainPrinter).print(report) }
            return failure.exitCode.number
        }
    }

    /// Parses the arguments; anything that is not a command to run becomes a text to print and a code.
    private func parse(_ arguments: [String]) -> Result<any CLICommand, ParseEnding> {
        do {
            let rewriter = CommandLineRewriter(commands: RootCommand.commandNames, options: RunOption.all)
            let rewritten = try rewriter.rewrite(arguments)
            guard !rewritten.isEmpty else { return .failure(.help(RootCommand.helpMessage(), ExitCode.usage)) }
            var parsed = try RootCommand.parseAsRoot(rewritten)
            if let command = parsed as? any CLICommand { return .success(command) }
            let kind = type(of: parsed)
            if !kind.configuration.subcommands.isEmpty {
                return .failure(.help(RootCommand.helpMessage(for: kind), ExitCode.usage))
            }
            // The parser's own commands throw what they would print.
            try parsed.run()
            return .failure(.help("", ExitCode.done))
        } catch let error as UsageError {
            return .failure(.usage(error.description))
        } catch {
            if RootCommand.exitCode(for: error) == .success {
                return .failure(.help(RootCommand.fullMessage(for: error), ExitCode.done))
            }
            return .failure(.usage(RootCommand.message(for: error)))
        }
    }
}
