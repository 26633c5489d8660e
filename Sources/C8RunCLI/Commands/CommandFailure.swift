import C8Client
import C8Emulator
import C8Postgres
import C8Queue
import C8Run

/// What an error of a command means for the process: what to print and how to exit. The one place that decides it.
struct CommandFailure: Sendable, Equatable {
    var exitCode: ExitCode
    /// Nil where there is nothing to add: a signal stopped the command, or the reader of its output went away.
    var report: ErrorReport?

    init(exitCode: ExitCode, report: ErrorReport?) {
        self.exitCode = exitCode
        self.report = report
    }

    /// - Parameters:
    ///   - signal: the signal that asked the process to stop, where one came: it explains any error after it.
    ///   - sources: the files of the script that ended, to show its lines.
    init(_ error: any Error, stoppedBy signal: StopSignal?, sources: ScriptSources? = nil) {
        if let signal {
            self.init(exitCode: ExitCode(stoppedBy: signal), report: nil)
            return
        }
        switch error {
        case let error as UsageError: self.init(.usage, error, hint: error.hint)
        case let error as ConfigurationError:
            self.init(
                .configuration, error, hint: AdviceMessage.within(error.description) ?? HintMessage.configuration.text)
        case let error as NoTests: self.init(.compile, error, hint: error.hint.text)
        case let error as UnreadableScript: self.init(.unreadable, error)
        case let error as ScriptError:
            self.init(
                exitCode: ExitCode(error.kind, isCredentialRefusal: error.isCredentialRefusal),
                report: ErrorReport(error, sources: sources))
        case let error as ClientError:
            let kind = ScriptError.Kind(rawValue: error.kind.rawValue) ?? .internal
            self.init(
                exitCode: ExitCode(kind, isCredentialRefusal: error.isCredentialRefusal), report: ErrorReport(error))
        case let error as PostgresError:
            self.init(
                error.isUnavailable ? .unavailable : .configuration, error,
                hint: AdviceMessage.within(error.description))
        case let error as JobQueueError:
            self.init(ExitCode(error), error, hint: AdviceMessage.within(error.description))
        case let error as EmulatorError:
            self.init(error.kind == .invalidConfiguration ? .usage : .scriptError, error)
        case let error as OutputError:
            self.init(
                exitCode: .scriptError, report: error.isReaderGone ? nil : ErrorReport(error.description))
        default:
            var report = ErrorReport("internal error: \(error)")
            report.hint = HintMessage.internalError.text
            self.init(exitCode: .internalError, report: report)
        }
    }

    private init(_ exitCode: ExitCode, _ error: some CustomStringConvertible, hint: String? = nil) {
        var report = ErrorReport(error.description)
        report.hint = hint
        self.init(exitCode: exitCode, report: report)
    }
}
