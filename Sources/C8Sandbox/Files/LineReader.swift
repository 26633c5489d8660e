import Synchronization

/// Reads a file line by line, with bounded memory. The file is closed at its end, at an error, or by `close()`.
package final class LineReader: Sendable {
    private struct State {
        var file: OpenFile?
        var buffer: [UInt8] = []
        var start = 0
    }

    private let state: Mutex<State>
    private let longest: Int
    private let doing: String
    private static let chunk = 64 << 10

    /// - Parameter longest: the most bytes that a line may have.
    package init(_ file: OpenFile, longest: Int) {
        state = Mutex(State(file: file))
        self.longest = longest
        doing = file.doing
    }

    /// The next line without its `\n`; nil at the end, and when closed.
    package func next() throws(FileError) -> [UInt8]? {
        try state.withLock { state throws(FileError) in
            do throws(FileError) {
                return try next(&state)
            } catch {
                state = State(file: nil)
                throw error
            }
        }
    }

    package func close() {
        state.withLock { $0 = State(file: nil) }
    }

    private func next(_ state: inout State) throws(FileError) -> [UInt8]? {
        guard let file = state.file else { return nil }
        var searched = state.start
        while true {
            if let end = state.buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(state.buffer[state.start..<end])
                state.start = end + 1
                if line.count > longest { throw tooLong }
                return line
            }
            if state.buffer.count - state.start > longest { throw tooLong }
            state.buffer.removeSubrange(..<state.start)
            state.start = 0
            searched = state.buffer.count
            let more = try file.read(upTo: Self.chunk)
            if more.isEmpty {
                let rest = state.buffer
                state = State(file: nil)
                return rest.isEmpty ? nil : rest
            }
            state.buffer.append(contentsOf: more)
        }
    }

    private var tooLong: FileError { FileError.limit(doing, "a line has more than \(longest) bytes; give max_line") }
}
