import Glibc

/// The file of the history, for its owner alone. What is wrong with it costs the history and nothing else.
struct ReplHistoryFile: Sendable {
    /// Beyond this a file is not read: something else has written it.
    private static let mostBytes = 16 << 20

    let path: String

    /// Reads the file, and shortens it where several sessions have made it long.
    func read() -> ReplHistory {
        guard let bytes = try? SmallFile.read(path, limit: Self.mostBytes).bytes else { return ReplHistory() }
        let text = String(decoding: bytes, as: UTF8.self)
        let history = ReplHistory(file: text)
        let lines = text.utf8.count { $0 == UInt8(ascii: "\n") }
        if lines > 2 * ReplHistory.limit { replace(history.fileText) }
        return history
    }

    /// Adds a text at the end, in one write: other sessions add theirs meanwhile.
    func append(_ entry: String) {
        guard entry.utf8.count <= ReplHistory.longest else { return }
        // Not through a link: the folder may be one that others can write.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        // One that was made by hand may be open to others.
        fchmod(descriptor, 0o600)
        OutputStream(descriptor: descriptor).write(ReplHistory.encoded(entry) + "\n")
    }

    private func replace(_ text: String) {
        let temporary = "\(path).\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        let failure = OutputStream(descriptor: descriptor).write(text)
        close(descriptor)
        if failure != nil || rename(temporary, path) != 0 { unlink(temporary) }
    }
}
