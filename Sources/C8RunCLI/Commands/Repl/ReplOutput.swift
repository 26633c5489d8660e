import C8Run
import Synchronization

/// What a session prints: the script's own output and the results, on standard output.
final class ReplOutput: Sendable {
    private let stream: OutputStream
    private let usesColor: Bool
    /// Whether the last thing printed has not ended its line: a prompt behind it would be misplaced.
    private let isMidLine = Mutex(false)

    init(stream: OutputStream = .standardOutput, usesColor: Bool) {
        self.stream = stream
        self.usesColor = usesColor
    }

    /// The script's output, as it is.
    func write(_ bytes: [UInt8]) throws {
        guard let last = bytes.last else { return }
        isMidLine.withLock { $0 = last != UInt8(ascii: "\n") }
        if let number = stream.write(bytes) { throw OutputError(number: number) }
    }

    /// A text of the prompt's own.
    func show(_ text: String) throws(OutputError) {
        guard !text.isEmpty else { return }
        try endLine()
        if let number = stream.write(text) { throw OutputError(number: number) }
    }

    /// Results, as people read them.
    func show(_ values: [DisplayValue], columns: Int) throws(OutputError) {
        guard !values.isEmpty else { return }
        try show(ValuePrinter(width: columns, usesColor: usesColor).text(of: values) + "\n")
    }

    /// Ends a line that the script has left open.
    func endLine() throws(OutputError) {
        let isOpen = isMidLine.withLock { isMidLine in
            defer { isMidLine = false }
            return isMidLine
        }
        if isOpen, let number = stream.write("\n") { throw OutputError(number: number) }
    }
}
