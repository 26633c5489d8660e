import Glibc

/// The descriptors 0, 1 and 2, which whoever starts a process may have closed.
enum StandardDescriptors {
    /// Opens those that are closed on nothing. The next thing to be opened would get their numbers else: what is printed, and the
    /// log, would go into a file or a socket of quite another meaning.
    static func complete() {
        // In this order: the lowest number that is free is taken.
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
            _ = open("/dev/null", O_RDWR)
        }
    }
}
