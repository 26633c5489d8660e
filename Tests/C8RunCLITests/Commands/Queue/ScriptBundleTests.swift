import C8Queue
import C8Run
import Foundation
import Testing

@testable import C8RunCLI

@Suite struct ScriptBundleTests {
    /// A folder with files, which goes with the test.
    private final class Files {
        let path = NSTemporaryDirectory() + "c8run-bundle-\(UUID().uuidString)"

        init(_ files: [String: String]) throws {
            for (name, text) in files {
                let file = URL(fileURLWithPath: "\(path)/\(name)")
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: file, atomically: true, encoding: .utf8)
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func script(_ text: String) -> Script { Script(text, name: "main.lua", folder: path) }
    }

    @Test func filesAreFoundThroughOneAnother() throws {
        let files = try Files([
            "lib/a.lua": "return require('lib.b')", "lib/b/init.lua": "return require 'lib.a', require 'c8.json'",
            "lib/c.lua": "return 3", "other.lua": "return 4",
        ])
        let bundle = try ScriptBundle(
            files.script("local a = require \"lib.a\"\nprint(pcall(require, 'lib.c'), pcall(require, 'none'), a)"))
        #expect(Set(bundle.files.map(\.path)) == ["lib/a.lua", "lib/b/init.lua", "lib/c.lua"])
        #expect(bundle.missing.isEmpty)
    }

    @Test func whatIsMissingIsTold() throws {
        let files = try Files(["a.lua": "return 1"])
        let bundle = try ScriptBundle(
            files.script(
                "require 'a' require 'b.c' require('../x') local r = require r('y') function f(require) require 'z' end"
            ))
        #expect(bundle.missing == ["b.c", "../x"])
    }

    @Test func theNameMakesNoDifferenceAndEveryByteDoes() throws {
        let one = JobScript(name: "a", source: [1, 2], files: [.init(path: "x", bytes: [3])])
        #expect(one.hash == JobScript(name: "b", source: [1, 2], files: [.init(path: "x", bytes: [3])]).hash)
        #expect(one.hash != JobScript(name: "a", source: [1, 2, 3], files: [.init(path: "x", bytes: [])]).hash)
        #expect(one.hash != JobScript(name: "a", source: [1, 2], files: [.init(path: "y", bytes: [3])]).hash)
        #expect(one.isIntact)
        var other = one
        other.files[0].bytes = [4]
        #expect(!other.isIntact)
    }

    @Test func whatDoesNotCompileIsRefused() throws {
        let files = try Files(["broken.lua": "return ("])
        #expect(throws: ScriptError.self) { _ = try ScriptBundle(files.script("x x")) }
        let error = #expect(throws: ScriptError.self) { _ = try ScriptBundle(files.script("require 'broken'")) }
        #expect(error?.message.contains("broken.lua:1:") == true, "\(String(describing: error))")
    }

    @Test func tooMuchIsRefused() throws {
        let files = try Files(["big.lua": "--" + String(repeating: "x", count: 4 << 20)])
        #expect(throws: JobQueueError.self) { _ = try ScriptBundle(files.script("require 'big'")) }
    }

    @Test func idsThatAreMadeUpSortByTheirTime() throws {
        var random = SystemRandomNumberGenerator()
        let ids = try (0..<50).map { try JobID.madeUp(at: 1_795_766_400 + Double($0), using: &random).text }
        #expect(ids == ids.sorted() && Set(ids).count == 50)
        #expect(ids[0].wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
    }
}
