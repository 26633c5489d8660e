import CLuaBoundary

/// Why a script was ended from outside. A script cannot catch any of them.
public enum StopReason: Sendable, Hashable {
    /// By whoever runs it.
    case cancelled
    /// The time limit.
    case timeout
    /// The limit of instructions.
    case instructions
    /// The memory limit.
    case memory
    /// `os.exit`.
    case exit
    /// More output than its limit.
    case output

    init?(_ reason: clb_stop) {
        switch reason {
        case CLB_STOP_CANCELLED: self = .cancelled
        case CLB_STOP_TIMEOUT: self = .timeout
        case CLB_STOP_INSTRUCTIONS: self = .instructions
        case CLB_STOP_MEMORY: self = .memory
        case CLB_STOP_EXIT: self = .exit
        case CLB_STOP_OUTPUT: self = .output
        default: return nil
        }
    }

    var raw: clb_stop {
        switch self {
        case .cancelled: CLB_STOP_CANCELLED
        case .timeout: CLB_STOP_TIMEOUT
        case .instructions: CLB_STOP_INSTRUCTIONS
        case .memory: CLB_STOP_MEMORY
        case .exit: CLB_STOP_EXIT
        case .output: CLB_STOP_OUTPUT
        }
    }

    /// For the error that a stopped script ends with.
    package var message: String {
        switch self {
        case .cancelled: "the script was cancelled"
        case .timeout: "the script ran longer than its time limit"
        case .instructions: "the script ran more instructions than its limit"
        case .memory: "not enough memory: the script reached its memory limit"
        case .exit: "the script exited"
        case .output: "the script printed more than its limit"
        }
    }
}
