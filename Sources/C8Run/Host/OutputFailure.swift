import Synchronization

/// The first error of the script's output, such as a closed pipe. The script is then ended, and the run throws it.
final class OutputFailure: Sendable {
    private let first = Mutex<(any Error)?>(nil)

    var error: (any Error)? { first.withLock { $0 } }

    func note(_ error: any Error) {
        first.withLock { $0 = $0 ?? error }
    }
}
