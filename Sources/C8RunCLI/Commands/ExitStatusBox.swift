import Synchronization

/// Carries the exit code from the command's task to the thread that waits for it.
final class ExitStatusBox: Sendable {
    private let storage = Mutex<Int32>(ExitCode.internalError.number)

    var number: Int32 {
        get { storage.withLock { $0 } }
        set { storage.withLock { $0 = newValue } }
    }
}
