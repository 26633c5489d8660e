import ArgumentParser
import C8Platform
import Glibc

/// From arguments to an exit code: reads them, runs the command, prints what went wrong.
struct CommandRunner: Sendable {
    var context: CommandContext

    /// What is left to do once the arguments are understood.
    enum Work: Sendable {
        case run(RunSession)
        case test(TestCommandSession)
        case worker(WorkerSession)
        case repl(ReplSession)
        case submit(SubmitSession)
        case command(any CLICommand)
        case ended(Int32)
    }

    /// Understands the arguments, without the program's name, and does what needs no task: the process has one thread
    /// as long as this runs.
    func prepare(_ arguments: [String]) -> Work {
        // Errors in the arguments come before any --color could be read.
        var printer = ErrorPrinter.standard(
            color: .auto, format: CommandLineReader.standard.logFormat(of: arguments),
            environment: context.loader.folders.environment)
        do {
            switch try CommandLineReader.standard.read(arguments) {
            case .help(let words, let isExact):
                return .ended(try help(words, isExact: isExact).finish(printer))
            case .manual:
                return .ended(ParseEnding.help(ManualPage(root: try .root()).text, .done).finish(printer))
            case .run(let run):
                printer = run.output.printer
                if run.isRepl { return .repl(try ReplSession(run, loader: context.loader)) }
                return .run(try RunSession(run, loader: context.loader))
            case .test(let test):
                printer = test.run.output.printer
                return .test(try TestCommandSession(test, loader: context.loader))
            case .submit(let submit):
                printer = submit.run.output.printer
                return .submit(try SubmitSession(submit, loader: context.loader))
            case .worker(let worker):
                printer = worker.run.output.printer
                return .worker(try WorkerSession(worker, loader: context.loader))
            case .parser(let arguments):
                switch parse(arguments) {
                case .success(let command): return .command(command)
                case .failure(let ending): return .ended(ending.finish(printer))
                }
            }
        } catch let error as UsageError {
            return .ended(ParseEnding.usage(error.description, help: Self.helpCommand(arguments)).finish(printer))
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
        case .test(var session):
            do {
                try session.confine()
                return .test(session)
            } catch {
                return .ended(report(error, session.arguments.run.output.printer))
            }
        case .repl(var session):
            do {
                try session.confine()
                return .repl(session)
            } catch {
                return .ended(report(error, session.printer))
            }
        case .worker(var session):
            do {
                try session.confine()
                return .worker(session)
            } catch {
                return .ended(report(error, session.arguments.run.output.printer))
            }
        case .submit, .command, .ended: return work
        }
    }

    /// Does the work and gives the exit code.
    ///
    /// - Parameter executor: where a script is waited for; nil for the shared pool.
    func perform(_ work: Work, on executor: (any TaskExecutor)? = nil) async -> Int32 {
        switch work {
        case .ended(let status): return status
        case .run(let session):
            do {
                return try await session.run(signals: context.signals, on: executor)
            } catch {
                return report(
                    error, session.arguments.output.printer, sources: ScriptSources(script: session.script))
            }
        case .test(let session):
            do {
                return try await session.run(signals: context.signals)
            } catch {
                return report(error, session.arguments.run.output.printer)
            }
        case .worker(let session):
            do {
                return try await session.run(signals: context.signals)
            } catch {
                return report(error, session.arguments.run.output.printer)
            }
        case .repl(let session):
            do {
                return try await session.perform(signals: context.signals)
            } catch {
                return report(error, session.printer)
            }
        case .submit(let session):
            do {
                return try await session.run()
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

    private func report(_ error: any Error, _ printer: ErrorPrinter, sources: ScriptSources? = nil) -> Int32 {
        let failure = CommandFailure(error, stoppedBy: context.signals.received, sources: sources)
        if let report = failure.report { printer.print(report.ending(failure.exitCode)) }
        return failure.exitCode.number
    }

    /// Lets the argument parser read the arguments; anything that is not a command to run becomes a text and a code.
    private func parse(_ arguments: [String]) -> Result<any CLICommand, ParseEnding> {
        do {
            guard !arguments.isEmpty else { return .failure(try help([], isExact: true, code: .usage)) }
            var parsed = try RootCommand.parseAsRoot(arguments)
            if let command = parsed as? any CLICommand { return .success(command) }
            if !type(of: parsed).configuration.subcommands.isEmpty {
                return .failure(try help(arguments, isExact: false, code: .usage))
            }
            // The parser's own commands throw what they would print.
            try parsed.run()
            return .failure(.help("", ExitCode.done))
        } catch {
            if RootCommand.exitCode(for: error) == .success {
                var text = RootCommand.fullMessage(for: error)
                if arguments.first == "--generate-completion-script", arguments.count > 1 {
                    text = CompletionScript.completed(text, for: arguments[1])
                }
                return .failure(.help(text, ExitCode.done))
            }
            return .failure(
                .usage(ParserMessage.translated(RootCommand.message(for: error)), help: Self.helpCommand(arguments)))
        }
    }

    /// The help of the command that the words lead to.
    ///
    /// - Parameter isExact: whether each of them must be a command, as behind `help`.
    private func help(_ words: [String], isExact: Bool, code: ExitCode = .done) throws -> ParseEnding {
        let command = try CommandDescription.root().longest(words)
        let unknown = words.dropFirst(command.path.count - 1).first
        if isExact, let unknown {
            throw UsageError(
                .unknownCommand, ["command": command.name, "word": unknown],
                nearest: NearestNames.find(unknown, among: command.subcommands.compactMap(\.path.last), limit: 1).first)
        }
        let width = TerminalWidth.columns(of: STDOUT_FILENO, environment: context.loader.folders.environment)
        return .help(HelpText(command: command, width: min(max(width ?? 80, 40), 100)).text, code)
    }

    /// The command that tells how a mistyped command line is written.
    private static func helpCommand(_ arguments: [String]) -> String {
        guard let first = arguments.first, first != "help", RootCommand.commandNames.contains(first) else {
            return "c8run --help"
        }
        let words = arguments.prefix { !$0.hasPrefix("-") }
        let command = try? CommandDescription.root().longest(words)
        return "c8run help " + (command?.path.dropFirst().joined(separator: " ") ?? first)
    }
}
