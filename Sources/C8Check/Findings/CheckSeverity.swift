/// How much a finding matters.
package enum CheckSeverity: String, Sendable, Comparable {
    /// It fails when it is run, or does not even begin.
    case error
    /// It is probably not what was meant.
    case warning
    /// Worth knowing; never a reason to fail.
    case information

    private var rank: Int {
        switch self {
        case .error: 2
        case .warning: 1
        case .information: 0
        }
    }

    package static func < (left: CheckSeverity, right: CheckSeverity) -> Bool { left.rank < right.rank }
}
