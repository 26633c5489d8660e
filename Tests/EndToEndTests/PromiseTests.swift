import Foundation
import Testing

/// The pages that name the tests which hold a promise name tests that are there.
@Suite struct PromiseTests {
    /// The text of every Swift file below Tests, by the file's name without its ending.
    private static let sources: [String: String] = {
        let folder = CommandRun.project.appendingPathComponent("Tests")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var sources: [String: String] = [:]
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            sources[file.deletingPathExtension().lastPathComponent] = try? String(contentsOf: file, encoding: .utf8)
        }
        return sources
    }()

    @Test(arguments: ["docs/reliability.md", "docs/security.md"])
    func testsThatHoldAPromiseAreThere(page: String) throws {
        let text = try String(contentsOf: CommandRun.project.appendingPathComponent(page), encoding: .utf8)
        var named = 0
        for match in text.matches(of: /`([A-Z]\w*Tests)(?:\.(\w+))?`/) {
            named += 1
            let suite = String(match.1)
            let source = Self.sources.first {
                $0.value.contains("struct \(suite) ") || $0.value.contains("class \(suite) ")
            }
            #expect(source != nil, "no suite \(suite)")
            if let test = match.2 { #expect(source?.value.contains("func \(test)(") == true, "no \(suite).\(test)") }
        }
        for match in text.matches(of: /`(scripts\/[\w-]+)/) {
            let script = CommandRun.project.appendingPathComponent(String(match.1)).path
            #expect(FileManager.default.isExecutableFile(atPath: script), "no \(match.1)")
        }
        #expect(named > 10)
    }
}
