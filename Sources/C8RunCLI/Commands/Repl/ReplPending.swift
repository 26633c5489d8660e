import Synchronization

/// The lines so far of a text that is not complete.
final class ReplPending: Sendable {
    private let lines = Mutex("")

    /// Each line with its line break.
    var text: String { lines.withLock { $0 } }

    func append(_ line: String) { lines.withLock { $0 += line + "\n" } }

    func clear() { lines.withLock { $0 = "" } }

    /// The whole text, without the last line break; there is none any more.
    func take() -> String {
        lines.withLock { lines in
            defer { lines = "" }
            return String(lines.dropLast())
        }
    }
}
