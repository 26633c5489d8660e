import C8Terminal

/// Where the lines come from.
enum ReplInput: Sendable {
    case terminal(LineEditor)
    case pipe(PipeLines)

    /// The next line.
    ///
    /// - Parameter prompt: shown on a terminal alone.
    func next(prompt: String) async -> LineEnd {
        switch self {
        case .terminal(let editor): return await editor.readLine(prompt: prompt)
        case .pipe(let lines): return await lines.next().map { .line($0) } ?? .end
        }
    }

    /// Whether a person sits there.
    var isTerminal: Bool {
        if case .terminal = self { true } else { false }
    }

    /// Ends a line that is being edited.
    func stop() {
        if case .terminal(let editor) = self { editor.stop() }
    }
}
