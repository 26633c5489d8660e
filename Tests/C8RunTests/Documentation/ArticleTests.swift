import Foundation
import Testing

/// The articles show code that is compiled and run: each block is a snippet of a file in this folder.
@Suite struct ArticleTests {
    static let articles = ["GettingStarted", "ModulesOfYourOwn", "Sandbox", "Testing"]

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    private static let project = folder.deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The lines between `// snippet: name` and `// end`, without their common indentation.
    private static func snippets() throws -> Set<String> {
        var snippets: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            var open: [Substring]?
            for line in try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            {
                let text = line.drop { $0 == " " }
                if text.hasPrefix("// snippet: ") {
                    open = []
                } else if text == "// end", let lines = open {
                    let indentation = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
                    snippets.insert(lines.map { $0.dropFirst(indentation) }.joined(separator: "\n"))
                    open = nil
                } else {
                    open?.append(line)
                }
            }
        }
        return snippets
    }

    private static func blocks(of path: String) throws -> [String] {
        let text = try String(contentsOf: project.appendingPathComponent(path), encoding: .utf8)
        return text.components(separatedBy: "```swift\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
    }

    @Test(arguments: articles.map { "Sources/C8Run/C8Run.docc/\($0).md" } + ["docs/embedding.md"])
    func codeOfAnArticleIsThatOfATest(path: String) throws {
        let blocks = try Self.blocks(of: path)
        let snippets = try Self.snippets()
        #expect(!blocks.isEmpty)
        for block in blocks { #expect(snippets.contains(block), "\(path) shows code that no test runs:\n\(block)") }
    }
}
