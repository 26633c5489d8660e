import Glibc

/// A lock that ``FlowLocks`` has given, until this goes.
final class FlowLock: Sendable {
    private let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        // Nobody else has the open file description: closing it ends the lock.
        close(descriptor)
    }
}
