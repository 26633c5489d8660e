import CEdit
import Glibc
import Synchronization

/// The Tab key: asks Swift, and keeps the answer's texts for C until it is pressed again.
///
/// `@unchecked Sendable`: the texts are touched by `press` alone, which only the editor's thread of the moment calls.
final class TabKey: @unchecked Sendable {
    private let completer = Mutex<LineEditor.Completer?>(nil)
    private var texts: [UnsafeMutablePointer<CChar>?] = []

    deinit {
        forget()
    }

    func set(_ completer: @escaping LineEditor.Completer) {
        self.completer.withLock { $0 = completer }
    }

    func press(_ line: String, _ cursor: Int) -> cedit_completion {
        forget()
        guard let completer = completer.withLock({ $0 }) else {
            return cedit_completion(replaced: 0, inserted: nil, shown: nil)
        }
        let completion = completer(line, cursor)
        return cedit_completion(
            replaced: max(0, completion.replacedBytes), inserted: keep(completion.inserted),
            shown: keep(completion.shown))
    }

    private func keep(_ text: String?) -> UnsafePointer<CChar>? {
        guard let text else { return nil }
        let copy = strdup(text)
        texts.append(copy)
        return UnsafePointer(copy)
    }

    private func forget() {
        for text in texts { free(text) }
        texts = []
    }
}
