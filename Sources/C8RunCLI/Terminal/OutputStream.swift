import C8Run
import Glibc
import Synchronization

/// A file descriptor that text is written to, whole lines at a time.
final class OutputStream: Sendable {
    static let standardOutput = OutputStream(descriptor: STDOUT_FILENO)
    static let standardError = OutputStream(descriptor: STDERR_FILENO)

    private let descriptor: Int32
    /// Keeps lines of different threads apart. Holds the line that stays below all others of a terminal.
    private let lastLine = Mutex<[UInt8]?>(nil)

    /// Writes in the caller's place, where that must not wait.
    private let background = Mutex<BackgroundWriter?>(nil)

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// True where the descriptor is a terminal.
    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// The columns of the terminal; nil where the descriptor is none.
    func columns(_ environment: EnvironmentLookup) -> Int? {
        TerminalWidth.columns(of: descriptor, environment: environment)
    }

    /// From now on nobody waits who writes; lines for which there is no room are left out, and told of by `gap`. To be called once
    /// the process may have threads. Without a thread it goes on as before.
    func writeInBackground(gap: @escaping @Sendable (Int) -> [UInt8]) {
        background.withLock { $0 = $0 ?? BackgroundWriter.start(descriptor: descriptor, gap: gap) }
    }

    /// Writes what waits, for so long at most, and lets those who write wait again. Where nobody reads, what comes now is lost.
    func endBackground(within seconds: Double) {
        guard let writer = background.withLock(\.self), writer.end(within: seconds) else { return }
        background.withLock { $0 = nil }
    }

    /// Writes all of the bytes, waiting where a pipe is full, unless that is done in the background.
    ///
    /// - Returns: the error number of the system where the bytes could not all be written (`EPIPE`, `ENOSPC`, …), else nil.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Int32? {
        if let background = background.withLock(\.self) {
            background.add(bytes)
            return nil
        }
        return lastLine.withLock { line in
            guard let line else { return DescriptorWriter(descriptor: descriptor).write(bytes) }
            let whole = Self.clear + bytes + (bytes.last == UInt8(ascii: "\n") ? line : [])
            return DescriptorWriter(descriptor: descriptor).write(whole)
        }
    }

    /// Shows a text on the last line of a terminal, in place of the one before, until nil takes it away.
    func showLine(_ text: String?) {
        lastLine.withLock { line in
            guard line != nil || text != nil else { return }
            line = text.map { Array($0.utf8) }
            _ = DescriptorWriter(descriptor: descriptor).write(Self.clear + (line ?? []))
        }
    }

    /// Back to the line's beginning, and away with the rest (ECMA-48: CR, EL).
    private static let clear = Array("\r\u{1b}[K".utf8)

    /// Writes a text.
    @discardableResult
    func write(_ text: String) -> Int32? { write(Array(text.utf8)) }
}
