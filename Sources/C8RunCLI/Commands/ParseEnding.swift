/// An end that was reached while parsing: a text that was asked for, or a mistake in the arguments.
enum ParseEnding: Error, Sendable, Equatable {
    /// Text to print, on standard output when it was asked for.
    case help(String, ExitCode)
    case usage(String)

    /// Prints it and gives the exit code.
    func finish(_ printer: ErrorPrinter) -> Int32 {
        switch self {
        case .help(let text, let code):
            let stream = code == .done ? OutputStream.standardOutput : printer.stream
            if !text.isEmpty { stream.write(text.hasSuffix("\n") ? text : text + "\n") }
            return code.number
        case .usage(let message):
            printer.print(ErrorReport(message + "\nc8run --help lists what can be said"))
            return ExitCode.usage.number
        }
    }
}
