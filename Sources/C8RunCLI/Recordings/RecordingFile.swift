import Glibc

/// The file of `--record`: looked at before the script runs, replaced whole when it has ended, for its owner alone.
struct RecordingFile: Sendable, Equatable {
    /// Absolute, with links followed: what they lead to is replaced, not they.
    let path: String

    /// - Throws: ``ConfigurationError`` where no file can be put there; a script that has run should not be in vain.
    init(_ path: String) throws(ConfigurationError) {
        func failure(_ problem: String) -> ConfigurationError {
            ConfigurationError("cannot write \(path): \(problem)", origin: .flag("--record"))
        }
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFREG else { throw failure("it is no file") }
            guard let real = realpath(path, nil) else { throw failure(Self.text(errno)) }
            defer { free(real) }
            self.path = String(cString: real)
        } else if errno == ENOENT {
            self.path = path
        } else {
            throw failure(Self.text(errno))
        }
        let folder = FilePath.folder(of: self.path)
        guard stat(folder, &status) == 0 else { throw failure("\(folder): \(Self.text(errno))") }
        guard access(folder, W_OK | X_OK) == 0 else { throw failure("\(folder): \(Self.text(errno))") }
    }

    /// Puts the bytes in the file's place; returns what went wrong.
    func write(_ bytes: [UInt8]) -> String? {
        let folder = FilePath.folder(of: path)
        let name = path.split(separator: "/").last ?? ""
        let pending = FilePath.join(folder, ".\(name).\(getpid())")
        // Left behind by a process of the same number that was killed.
        unlink(pending)
        let descriptor = open(pending, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return problem(errno) }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return failed(pending) }
            written += count
        }
        guard fsync(descriptor) == 0, rename(pending, path) == 0 else { return failed(pending) }
        let holder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if holder >= 0 {
            fsync(holder)
            close(holder)
        }
        return nil
    }

    private func failed(_ pending: String) -> String {
        let number = errno
        unlink(pending)
        return problem(number)
    }

    private func problem(_ number: Int32) -> String { "cannot write the recording to \(path): \(Self.text(number))" }

    private static func text(_ number: Int32) -> String { String(cString: strerror(number)) }
}
