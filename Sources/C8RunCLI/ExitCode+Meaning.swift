extension ExitCode {
    /// What the code means, in words.
    var meaning: ExitMessage {
        switch self {
        case .done: .done
        case .scriptError: .scriptError
        case .usage: .usage
        case .compile: .compile
        case .unreadable: .unreadable
        case .unavailable: .unavailable
        case .internalError: .internalError
        case .unresolved: .unresolved
        case .denied: .denied
        case .configuration: .configuration
        case .timeLimit: .timeLimit
        case .memoryLimit: .memoryLimit
        case .interrupted: .interrupted
        case .terminated: .terminated
        case .hungUp: .hungUp
        }
    }
}
