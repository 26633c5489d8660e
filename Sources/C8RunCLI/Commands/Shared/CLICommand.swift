import ArgumentParser

/// A command of c8run. Unlike the parser's own commands it is told its surroundings and returns an exit code.
protocol CLICommand: ParsableCommand, Sendable {
    /// Options for errors, where the command has them.
    var errorPrinter: ErrorPrinter? { get }

    /// Does the work.
    ///
    /// - Returns: the exit code.
    /// - Throws: anything; `ErrorMapping` knows what to print and which code to exit with.
    func run(_ context: CommandContext) async throws -> Int32
}

extension CLICommand {
    var errorPrinter: ErrorPrinter? { nil }
}
