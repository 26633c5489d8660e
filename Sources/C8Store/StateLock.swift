import Glibc

/// Lets one process at a time make or replace the state, until it is released. GRDB reads which schema steps are missing
/// before it locks, so two would make the same table; and a damaged file must be moved aside once, not the one that has
/// just replaced it.
struct StateLock: ~Copyable {
    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Waits for the lock without occupying a thread: its holder may be stopped.
    static func acquire(_ folder: String, _ wait: StateWait) async throws(StateStoreError) -> StateLock {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StateStoreError(path: folder, problem: String(cString: strerror(errno)))
        }
        let lock = StateLock(descriptor: descriptor)
        var waiting = wait.begin()
        // A file system without such locks serves too: only the first opening by two at once can fail there.
        while flock(lock.descriptor, LOCK_EX | LOCK_NB) != 0, errno == EINTR || errno == EWOULDBLOCK {
            try await waiting.nap(folder)
        }
        return lock
    }

    /// Whether somebody holds it at the moment.
    static func isHeld(_ folder: String) -> Bool {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }
}
