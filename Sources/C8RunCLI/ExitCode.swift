import C8Run

/// How c8run ends. One table from the kind of end to the code, after sysexits.h and the shells' habits.
///
/// A script's own `os.exit(n)` gives n and does not pass through here.
enum ExitCode: Sendable, Equatable, CaseIterable {
    case done
    /// The script raised an error that no other row tells more precisely.
    case scriptError
    case usage
    case compile
    case unreadable
    /// The platform cannot be reached or refused the credentials.
    case unavailable
    /// A defect of c8run itself.
    case internalError
    /// A flow stopped at a step whose outcome is unknown.
    case unresolved
    case denied
    case configuration
    /// Stopped by `--timeout` or `--max-instructions`.
    case timeLimit
    case memoryLimit
    case interrupted
    case terminated
    case hungUp

    /// The number that the process exits with.
    var number: Int32 {
        switch self {
        case .done: 0
        case .scriptError: 1
        case .usage: 64
        case .compile: 65
        case .unreadable: 66
        case .unavailable: 69
        case .internalError: 70
        case .unresolved: 75
        case .denied: 77
        case .configuration: 78
        case .timeLimit: 124
        case .memoryLimit: 137
        case .interrupted: 130
        case .terminated: 143
        case .hungUp: 129
        }
    }

    /// The code for a script that ended with an uncaught error or at a limit.
    init(_ kind: ScriptError.Kind, isCredentialRefusal: Bool) {
        switch kind {
        case .compile: self = .compile
        case .api, .http: self = isCredentialRefusal ? .unavailable : .scriptError
        case .network, .timeout: self = .unavailable
        case .unresolved: self = .unresolved
        case .denied: self = .denied
        case .config: self = .configuration
        case .runtime, .unbound, .invalid, .limit, .cancelled: self = .scriptError
        case .memoryLimit, .outputLimit: self = .memoryLimit
        case .timeLimit, .instructionLimit: self = .timeLimit
        case .internal: self = .internalError
        }
    }

    init(stoppedBy signal: StopSignal) {
        switch signal {
        case .interrupt: self = .interrupted
        case .terminate: self = .terminated
        case .hangUp: self = .hungUp
        }
    }
}
