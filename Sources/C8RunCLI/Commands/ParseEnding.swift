/// An end that was reached while parsing: a text that was asked for, or a mistake in the arguments.
enum ParseEnding: Error, Sendable, Equatable {
    /// Text to print, on standard output when it was asked for.
    case help(String, ExitCode)
    /// A mistake, and the command line whose output would have helped.
    case usage(String, help: String)

    /// Prints it and gives the exit code.
    func finish(_ printer: ErrorPrinter) -> Int32 {
        switch self {
        case .help(let text, let code):
            let stream = code == .done ? OutputStream.standardOutput : printer.stream
            if !text.isEmpty { stream.write(text.hasSuffix("\n") ? text : text + "\n") }
            return code.number
        case .usage(let message, let help):
            var report = ErrorReport(message)
            report.hint = HintMessage.usage.text(["command": help])
            printer.print(report.ending(.usage))
            return ExitCode.usage.number
        }
    }
}
