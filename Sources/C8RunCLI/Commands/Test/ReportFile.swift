import Glibc

/// A file that is opened before the tests run, since afterwards the kernel's wall may be in the way, and written at the end.
final class ReportFile: Sendable {
    private let path: String
    private let descriptor: Int32

    /// - Parameter option: the option that names it, for messages.
    /// - Throws: `ConfigurationError` where the file cannot be written.
    init(_ path: String, option: String) throws(ConfigurationError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ConfigurationError("cannot write \(path): \(SmallFileError(number: errno))", origin: .flag(option))
        }
    }

    deinit { close(descriptor) }

    /// Writes the text in place of what was there; returns what went wrong.
    func write(_ text: String) -> String? {
        // A pipe or a terminal has no length to set.
        guard ftruncate(descriptor, 0) == 0 || errno == EINVAL else { return problem(errno) }
        return OutputStream(descriptor: descriptor).write(text).map(problem)
    }

    private func problem(_ number: Int32) -> String { "cannot write \(path): \(SmallFileError(number: number))" }
}
