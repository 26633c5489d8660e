import Foundation
import Testing

@testable import C8RunCLI

@Suite struct ReplHistoryTests {
    @Test(arguments: ["a", "a\nb", "\\n", "a\\", "if x then\n\tf('\\n')\r\nend", "中文"])
    func entryOfSeveralLinesIsOneLineOfTheFile(_ entry: String) {
        let line = ReplHistory.encoded(entry)
        #expect(!line.unicodeScalars.contains("\n") && !line.unicodeScalars.contains("\r"))
        #expect(ReplHistory.decoded(line) == entry)
    }

    @Test func noEntryIsThereTwice() {
        var history = ReplHistory(file: "a\nb\na\n")
        history.add("c")
        history.add("b")
        #expect(history.entries == ["a", "c", "b"])
        #expect(ReplHistory(file: history.fileText) == history)
    }

    @Test func oldestEntriesGo() {
        var history = ReplHistory()
        for number in 0..<(ReplHistory.limit + 5) { history.add("\(number)") }
        #expect(history.entries.count == ReplHistory.limit)
        #expect(history.entries.first == "5")
        history.add(String(repeating: "x", count: ReplHistory.longest + 1))
        #expect(history.entries.last == "\(ReplHistory.limit + 4)")
    }

    static let keepings: [(text: String, keeping: ReplHistory.Keeping)] = [
        ("x = 1", .inFile), (" x = 1", .no), ("", .no), ("local Secret = 'x'", .inSession),
        ("headers = {token = 'abc'}", .inSession), ("c8.token.status()", .inFile), ("PASSWORD='x'", .inSession),
    ]

    @Test(arguments: keepings)
    func whatLooksSecretStaysOutOfTheFile(_ text: String, _ keeping: ReplHistory.Keeping) {
        #expect(ReplHistory.keeping(text) == keeping)
    }

    @Test func fileIsForItsOwnerAloneAndBounded() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("c8run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = ReplHistoryFile(path: folder.appendingPathComponent("repl_history").path)
        #expect(file.read().entries.isEmpty)
        for number in 0..<(2 * ReplHistory.limit + 1) { file.append("line \(number)\nsecond") }
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(file.read().entries.last == "line \(2 * ReplHistory.limit)\nsecond")
        // Reading has shortened it.
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        #expect(text.split(separator: "\n").count == ReplHistory.limit)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["repl_history"])
    }

    @Test func linkInPlaceOfTheFileIsNotFollowed() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("c8run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let target = folder.appendingPathComponent("target").path
        _ = FileManager.default.createFile(atPath: target, contents: Data())
        let path = folder.appendingPathComponent("repl_history").path
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
        ReplHistoryFile(path: path).append("x")
        #expect(try Data(contentsOf: URL(fileURLWithPath: target)).isEmpty)
    }
}
