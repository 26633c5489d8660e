import Foundation
import Testing

/// One task of docs/cookbook.md: files to write, commands to run, and what they print.
struct Recipe: Sendable, CustomTestStringConvertible {
    let title: String
    /// By their names.
    private(set) var files: [String: String] = [:]
    private(set) var commands = ""
    private(set) var output = ""

    var testDescription: String { title }

    /// All of them, in the page's order. A fence that names a file holds that file; `sh` holds commands, and a bare `text`
    /// what they print.
    static func all(in page: String) -> [Recipe] {
        var recipes: [Recipe] = []
        var fence: (language: Substring, name: Substring?)?
        var text = ""
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if let open = fence {
                if line == "```" {
                    recipes[recipes.endIndex - 1].add(text, language: open.language, name: open.name)
                    fence = nil
                } else {
                    text += line + "\n"
                }
            } else if line.hasPrefix("## ") {
                recipes.append(Recipe(title: String(line.dropFirst(3))))
            } else if line.hasPrefix("```"), !recipes.isEmpty {
                let words = line.dropFirst(3).split(separator: " ")
                fence = (words.first ?? "", words.dropFirst().first)
                text = ""
            }
        }
        return recipes
    }

    private init(title: String) { self.title = title }

    private mutating func add(_ text: String, language: Substring, name: Substring?) {
        if let name {
            files[String(name)] = text
        } else if language == "sh" {
            commands += text
        } else if language == "text" {
            output += text
        }
    }
}
