import Glibc

/// A lock that ``ByteLocks`` has given, until this goes.
final class ByteLock: Sendable {
    private let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Whether the file says that there have been flows, see ``mark()``.
    var isMarked: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_size > 0
    }

    /// Makes the file say that there have been flows: a database that has never had any is then known to be another one.
    /// Where that fails, the next claim does it.
    func mark() {
        ftruncate(descriptor, 1)
    }

    deinit {
        // Nobody else has the open file description: closing it ends the lock.
        close(descriptor)
    }
}
