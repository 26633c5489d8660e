import C8Platform
import C8Terminal

/// The names that could stand at the cursor, as the Tab key makes something of them: one is put in, of several the common
/// beginning, and where that is there already they are shown.
struct CandidateList: Sendable {
    /// What can be put in. The ending comes behind it where it is the only one.
    struct Candidate: Sendable, Equatable {
        var text: String
        var ending = ""
    }

    /// Sorted.
    let candidates: [Candidate]

    init(_ candidates: some Sequence<Candidate>, beginningWith partial: String) {
        var seen: Set<String> = []
        self.candidates = candidates.filter { $0.text.hasPrefix(partial) && seen.insert($0.text).inserted }
            .sorted { $0.text < $1.text }
    }

    /// - Parameter columns: of the terminal.
    func completion(of partial: String, columns: Int) -> Completion {
        guard let first = candidates.first else { return .none }
        if candidates.count == 1 {
            return Completion(replacedBytes: partial.utf8.count, inserted: first.text + first.ending)
        }
        let common = candidates.dropFirst().reduce(first.text) { common, candidate in
            String(zip(common, candidate.text).prefix { $0 == $1 }.map(\.0))
        }
        if common.utf8.count > partial.utf8.count {
            return Completion(replacedBytes: partial.utf8.count, inserted: common)
        }
        return Completion(shown: Self.table(candidates.map(\.text), columns: columns))
    }

    /// More than these help nobody.
    static let mostShown = 200

    /// In columns, sorted downwards, as `ls` has them.
    static func table(_ texts: [String], columns: Int) -> String {
        let shown = texts.prefix(mostShown).map { TerminalText.line($0) }
        let width = (shown.map { TextWidth.columns(of: $0) }.max() ?? 0) + 2
        let perLine = max(1, columns / width)
        let lines = (shown.count + perLine - 1) / perLine
        var text = ""
        for line in 0..<lines {
            var row = ""
            for index in stride(from: line, to: shown.count, by: lines) {
                row += shown[index]
                if index + lines < shown.count {
                    row += String(repeating: " ", count: width - TextWidth.columns(of: shown[index]))
                }
            }
            text += row + "\n"
        }
        if texts.count > mostShown { text += "… \(texts.count - mostShown) more\n" }
        return text
    }
}
