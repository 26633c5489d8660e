import Foundation
import Testing

/// One script of `Tests/Corpus`: what it tries, how it is run, and how it must end.
///
/// A file holds many: each begins with `--# what it tries`, and says with lines `--: name value` what is expected:
///
///     args      options before the script; @DIR@ is the case's own folder, which is also the working directory
///     env       NAME=VALUE
///     stdin     the standard input, with \n for line breaks; `open` for one that never ends
///     after     arguments of the script
///     exit      the exit codes that are right; 0 where nothing is said
///     prints    text on standard output; `complains` on standard error; `never` on neither
///     keeps     a file of the folder that must be unchanged afterwards
struct CorpusCase: Sendable, CustomTestStringConvertible {
    let area: String
    let title: String
    private(set) var settings: [String: [String]] = [:]
    private(set) var code = ""

    var testDescription: String { "\(area): \(title)" }

    var arguments: [String] { words("args") }
    var scriptArguments: [String] { words("after") }
    var exitCodes: [Int32] { settings["exit"] == nil ? [0] : words("exit").compactMap { Int32($0) } }
    var input: String { settings["stdin"]?.first?.replacing("\\n", with: "\n") ?? "" }

    func all(_ name: String) -> [String] { settings[name] ?? [] }

    private func words(_ name: String) -> [String] {
        all(name).joined(separator: " ").split(separator: " ").map(String.init)
    }

    /// The names of settings, so that a misspelt one is found.
    static let names: Set<String> = ["args", "env", "stdin", "after", "exit", "prints", "complains", "never", "keeps"]

    static let all: [CorpusCase] = areas.flatMap(read)

    static let areas = ["files", "language", "legitimate", "limits", "secrets"]

    private static func read(_ area: String) -> [CorpusCase] {
        let file = CommandRun.project.appendingPathComponent("Tests/Corpus/\(area).lua")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        var cases: [CorpusCase] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("--# ") {
                cases.append(CorpusCase(area: area, title: String(line.dropFirst(4))))
            } else if line.hasPrefix("--: ") {
                let parts = line.dropFirst(4).split(separator: " ", maxSplits: 1).map(String.init)
                cases[cases.count - 1].settings[parts[0], default: []].append(parts.count > 1 ? parts[1] : "")
            } else if !cases.isEmpty {
                cases[cases.count - 1].code += line + "\n"
            }
        }
        return cases
    }

    private init(area: String, title: String) {
        self.area = area
        self.title = title
    }
}
