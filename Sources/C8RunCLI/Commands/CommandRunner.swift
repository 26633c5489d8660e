import ArgumentParser

/// From arguments to an exit code: reads them, runs the command, prints what went wrong.
struct CommandRunner: Sendable {
    var context: CommandContext

    /// What is left to do once the arguments are understood.
    enum Work: Sendable {
        case run(RunSession)
        case repl(ReplSession)
        case command(any CLICommand)
        case ended(Int32)
    }

    /// Understands the arguments, without the program's name, and does what needs no task: the process has one thread
    /// as long as this runs.
    func prepare(_ arguments: [String]) -> Work {
        // Errors in the arguments come before any --color could be read.
        var printer = ErrorPrinter.standard(color: .auto, environment: context.loader.folders.environment)
        do {
            let reader = CommandLineReader(commands: RootCommand.commandNames, options: RunOption.all)
            switch try reader.read(arguments) {
            case .run(let run):
                printer = run.output.printer
                if run.isRepl { return .repl(try ReplSession(run, loader: context.loader)) }
                return .run(try RunSession(run, loader: context.loader))
            case .parser(let arguments):
                switch parse(arguments) {
                case .success(let command): return .command(command)
                case .failure(let ending): return .ended(ending.finish(printer))
                }
            }
        } catch let error as UsageError {
            return .ended(ParseEnding.usage(error.description).finish(printer))
        } catch {
            return .ended(report(error, printer))
        }
    }

    /// Puts this process behind the kernel's wall where the work is Lua's: for good, and for all threads that start
    /// from now on.
    func confine(_ work: Work) -> Work {
        switch work {
        case .run(var session):
            do {
                try session.confine()
                return .run(session)
            } catch {
                return .ended(report(error, session.arguments.output.printer))
            }
        case .repl(var session):
            do {
                try session.confine()
                return .repl(session)
            } catch {
                return .ended(report(error, session.printer))
            }
        case .command, .ended: return work
        }
    }

    /// Does the work and gives the exit code.
    func perform(_ work: Work) async -> Int32 {
        switch work {
        case .ended(let status): return status
        case .run(let session):
            do {
                return try await session.run(signals: context.signals)
            } catch {
                return report(error, session.arguments.output.printer)
            }
        case .repl(let session):
            do {
                return try await session.perform(signals: context.signals)
            } catch {
                return report(error, session.printer)
            }
        case .command(let command):
            do {
                return try await command.run(context)
            } catch {
                let plain = ErrorPrinter.standard(color: .auto, environment: context.loader.folders.environment)
                return report(error, command.errorPrinter ?? plain)
            }
        }
    }

    private func report(_ error: any Error, _ printer: ErrorPrinter) -> Int32 {
        let failure = CommandFailure(error, stoppedBy: context.signals.received)
        if let report = failure.report { printer.print(report) }
        return failure.exitCode.number
    }

    /// Lets the argument parser read the arguments; anything that is not a command to run becomes a text and a code.
    private func parse(_ arguments: [String]) -> Result<any CLICommand, ParseEnding> {
        do {
            guard !arguments.isEmpty else { return .failure(.help(RootCommand.helpMessage(), ExitCode.usage)) }
            var parsed = try RootCommand.parseAsRoot(arguments)
            if let command = parsed as? any CLICommand { return .success(command) }
            let kind = type(of: parsed)
            if !kind.configuration.subcommands.isEmpty {
                return .failure(.help(RootCommand.helpMessage(for: kind), ExitCode.usage))
            }
            // The parser's own commands throw what they would print.
            try parsed.run()
            return .failure(.help("", ExitCode.done))
        } catch {
            if RootCommand.exitCode(for: error) == .success {
                return .failure(.help(RootCommand.fullMessage(for: error), ExitCode.done))
            }
            return .failure(.usage(RootCommand.message(for: error)))
        }
    }
}
