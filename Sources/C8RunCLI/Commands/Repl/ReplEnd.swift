/// Whether the loop goes on.
enum ReplEnd: Sendable, Equatable {
    case goesOn
    /// With the exit code.
    case over(Int32)

    var goesOn: Bool { self == .goesOn }

    /// The exit code; of a loop that goes on, success.
    var status: Int32 {
        if case .over(let status) = self { status } else { ExitCode.done.number }
    }
}
