import CEdit
import Dispatch
import Glibc
import Synchronization

/// Edits lines on a terminal: arrow keys, history, search by Control-R, completion by Tab, pastes of several lines.
///
/// Keys that would be signals (Control-C, Control-Z) are keys while a line is edited, and signals at any other time.
///
/// `@unchecked Sendable`: the editor in C is used by one thread at a time, since `turn` is held around every use but the
/// two that are safe from any thread, `cedit_wake` and `cedit_columns`; it is freed by the deinit, which no use outlives.
package final class LineEditor: @unchecked Sendable {
    /// Given the line and the bytes of it before the cursor. Called on the editor's own thread, which it may block.
    package typealias Completer = @Sendable (_ line: String, _ cursor: Int) -> Completion

    private let raw: OpaquePointer
    private let turn = Mutex<Void>(())
    private let tab = TabKey()

    /// Opens an editor. Reads the description of the terminal from the system's files; opens no file later.
    ///
    /// - Parameters:
    ///   - input: where keys come from; stays the caller's.
    ///   - output: where the line is shown; stays the caller's.
    package init(input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO) throws(LineEditorError) {
        var problem: UnsafePointer<CChar>?
        guard let raw = cedit_open(input, output, &problem) else {
            throw LineEditorError(description: problem.map { String(cString: $0) } ?? "lines cannot be edited here")
        }
        self.raw = raw
        cedit_set_completer(
            raw,
            { context, line, cursor in
                guard let context else { return cedit_completion(replaced: 0, inserted: nil, shown: nil) }
                let tab = Unmanaged<TabKey>.fromOpaque(context).takeUnretainedValue()
                return tab.press(String(cString: line), cursor)
            }, Unmanaged.passUnretained(tab).toOpaque())
    }

    deinit {
        cedit_close(raw)
    }

    /// The columns of the terminal now; 80 where it does not tell.
    package var columns: Int { Int(cedit_columns(raw)) }

    /// What the Tab key does; nothing at first.
    package func setCompleter(_ completer: @escaping Completer) {
        tab.set(completer)
    }

    /// The lines that the arrow keys and Control-R find, from the oldest on.
    package func setHistory(_ lines: some Sequence<String>) {
        turn.withLock { _ in
            cedit_clear_history(raw)
            for line in lines { cedit_add_history(raw, line) }
        }
    }

    /// Edits one line, on a thread of its own.
    package func readLine(prompt: String) async -> LineEnd {
        await withCheckedContinuation { continuation in
            // Not one of the pool's threads: a person may take an hour to type.
            let work: @Sendable () -> Void = { continuation.resume(returning: self.read(prompt)) }
            let box = Unmanaged.passRetained(ThreadWork(work))
            var thread = pthread_t()
            let failure = pthread_create(&thread, nil, { ThreadWork.run($0) }, box.toOpaque())
            if failure == 0 {
                pthread_detach(thread)
            } else {
                box.release()
                continuation.resume(returning: .end)
            }
        }
    }

    /// Ends the line that is being edited, and every later one at once. Safe from any thread.
    package func stop() {
        cedit_wake(raw)
    }

    private func read(_ prompt: String) -> LineEnd {
        turn.withLock { _ in
            switch cedit_read(raw, prompt) {
            case CEDIT_LINE: return .line(String(cString: cedit_line(raw)))
            case CEDIT_INTERRUPTED: return .interrupted
            case CEDIT_WOKEN: return .stopped
            default: return .end
            }
        }
    }
}
