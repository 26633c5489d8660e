import C8Check
import Foundation
import Fuzzing
import LuaSyntax
import Testing

/// Whatever a text is, it is judged: no finding lies outside of it, and none comes of a sound script.
struct CheckFuzzTests {
    private static let examples: [String] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../examples")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.standardizedFileURL.path)) ?? []
        return names.sorted().filter { $0.hasSuffix(".lua") }.compactMap { name in
            try? String(contentsOf: folder.appending(path: name).standardizedFileURL, encoding: .utf8)
        }
    }()

    @Test func mutatedScriptIsJudged() async {
        #expect(Self.examples.count > 3)
        await Fuzzing.loop(least: 300) { seed in
            var generator = SeededGenerator(seed: seed)
            var lines = generator.pick(Self.examples).split(separator: "\n", omittingEmptySubsequences: false)
            for _ in 0..<3 {
                let at = generator.number(below: lines.count)
                switch generator.number(below: 4) {
                case 0: lines.remove(at: at)
                case 1: lines.insert(lines[generator.number(below: lines.count)], at: at)
                case 2: lines[at] = lines[at].prefix(generator.number(below: lines[at].count + 1))
                default: lines.swapAt(at, generator.number(below: lines.count))
                }
                if lines.isEmpty { break }
            }
            let text = lines.joined(separator: "\n")
            for finding in Checking.report(text).findings {
                let isInside = finding.range.start >= 0 && finding.range.end <= text.utf8.count
                #expect(isInside && finding.start.line >= 1, "seed \(seed): \(finding)")
            }
        }
    }
}
