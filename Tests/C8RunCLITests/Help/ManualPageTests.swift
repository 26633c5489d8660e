import Foundation
import Testing

@testable import C8RunCLI

@Suite struct ManualPageTests {
    private static let project = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test(arguments: [(Language.english, "docs/man/c8run.1"), (.chinese, "docs/man/zh_CN/c8run.1")])
    func keptPageIsThatOfTheHelp(_ language: Language, _ path: String) throws {
        let page = try Language.$current.withValue(language) { try ManualPage(root: .root()).text }
        let kept = try String(contentsOf: Self.project.appendingPathComponent(path), encoding: .utf8)
        #expect(kept == page, "run scripts/manual")
    }

    @Test func textIsNeverTakenForARequest() throws {
        var root = try CommandDescription.root()
        root.subcommands = [
            CommandDescription(
                path: ["c8run", "x"], abstract: ".SH forged", discussion: "a\\fBb\n'c", options: [], subcommands: [])
        ]
        let page = ManualPage(root: root).text
        #expect(page.contains("\n\\&.SH forged\n"))
        #expect(page.contains("\na\\efBb\n\\(aqc\n"))
    }
}
