import C8Emulator
import C8Platform
import Foundation
import Testing

/// `c8run test` over the real binary.
struct TestCommandTests {
    private static let prelude = "local test = require 'c8.test'; local it, expect = test.it, test.expect; "

    private func folder(_ files: [String: String]) throws -> Folder {
        let folder = try Folder()
        for (name, text) in files {
            _ = try folder.file(name, name.hasSuffix("_test.lua") ? Self.prelude + text : text)
        }
        return folder
    }

    @Test func testsBelowTheFolderAreFoundAndPass() async throws {
        let folder = try folder([
            "a_test.lua": "it('one', function() c8.production.orders.list{} end)",
            "sub/b_test.lua": "it('two', function() expect(require('lib')).to_be(5) end)", "sub/lib.lua": "return 5",
            "other.lua": "error('not a test')", ".hidden/c_test.lua": "error('hidden')",
        ])
        let run = try await CommandRun.c8run("test", folder: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("✓ a_test.lua (1 test, "))
        #expect(run.output.contains("✓ sub/b_test.lua (1 test, "))
        #expect(run.output.contains("2 tests in 2 files: 2 passed, in "))
        #expect(run.errors == "")
    }

    static let endings: [(words: [String], status: Int32, said: String)] = [
        (["test", "good_test.lua"], 0, "1 passed"), (["test", "bad_test.lua"], 65, "expected 1 to be 2"),
        (["test", "broken_test.lua"], 65, "outside of the tests"),
        (["test", "none_test.lua"], 65, "no tests in none_test.lua: a test is what it(name, function)"),
        (["test", "empty"], 65, "no tests in empty"),
        (["test", "good_test.lua", "--filter", "zzz"], 65, "no test in good_test.lua has \"zzz\""),
        (["test", "nowhere"], 66, "cannot read the script nowhere"), (["test", "--format", "xml"], 64, "--format"),
        (["test", "--profile", "none", "good_test.lua"], 78, "none"),
        (["test", "--output", "missing/x", "good_test.lua"], 78, "cannot write"),
        (["test", "--list"], 65, "bad_test.lua › fails"),
        (["test", "--list", "good_test.lua"], 0, "good_test.lua › passes"),
    ]

    @Test(arguments: endings.indices) func theStatusTells(_ index: Int) async throws {
        let (words, status, said) = Self.endings[index]
        let folder = try folder([
            "good_test.lua": "it('passes', function() end)",
            "bad_test.lua": "it('fails', function() expect(1).to_be(2) end)",
            "broken_test.lua": "this is not Lua", "empty/readme.txt": "", "none_test.lua": "",
        ])
        let run = try await CommandRun.c8run(words, folder: folder.url)
        #expect(run.status == status, "\(run.output)\(run.errors)")
        #expect((run.output + run.errors).contains(said), "\(run.output)\(run.errors)")
    }

    @Test func reportsAndCoverageAreWrittenBesideTheText() async throws {
        let folder = try folder([
            "a_test.lua": "it('one', function() require('lib')() test.temp_dir() end)",
            "lib.lua": "return function()\n  return 1\nend\n",
        ])
        let run = try await CommandRun.c8run(
            "test", "--format=junit", "--output", "r.xml", "--coverage=l.info", folder: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("1 passed"))
        #expect(run.output.contains("lib.lua"))
        #expect(try folder.read("r.xml").contains("<testcase name=\"one\""))
        #expect(try folder.read("l.info").contains("SF:lib.lua\nDA:2,1\nDA:3,1\n"))
        let tap = try await CommandRun.c8run("test", "--format=tap", folder: folder)
        #expect(tap.output == "TAP version 14\n1..1\nok 1 - a_test.lua › one\n")
    }

    @Test func aSignalEndsTheRunWithWhatRan() async throws {
        let folder = try folder([
            "a_test.lua": "it('one', function() end)",
            "b_test.lua": "it('waits', {timeout = 60}, function() require('c8.task').sleep(60) end)",
        ])
        let run = try await CommandRun.c8run("test", "--jobs=1", folder: folder) { process in
            try await Task.sleep(for: .milliseconds(700))
            kill(process.processIdentifier, SIGINT)
        }
        #expect(run.status == 130, "\(run.errors)")
        #expect(run.output.contains("a_test.lua (1 test"))
        #expect(run.output.contains("1 passed, 1 failed"), "\(run.output)")
    }

    @Test func nothingIsOpenUnlessItIsGranted() async throws {
        let folder = try folder([
            "a_test.lua": """
            it('reads', function() expect(require('c8.fs').read('data.txt')).to_be('x') end)
            it('has folders', function() require('c8.fs').write(test.temp_dir() .. '/f', 'y') end)
            """, "data.txt": "x",
        ])
        let denied = try await CommandRun.c8run("test", folder: folder)
        #expect(denied.status == 65)
        #expect(denied.output.contains("--allow-read") && denied.output.contains("✓ has folders"), "\(denied.output)")
        let granted = try await CommandRun.c8run("test", "--allow-read=data.txt", folder: folder)
        #expect(granted.status == 0, "\(granted.output)")
    }

    @Test func aPlatformThatIsNamedIsCalledWithAWarning() async throws {
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            _ = try surroundings.folder.file(
                "a_test.lua", Self.prelude + "it('one', function() c8.production.orders.list{} end)")
            let path = surroundings.folder.url.appendingPathComponent("a_test.lua").path
            let run = try await CommandRun.c8run(
                "test", "--base-url", surroundings.emulator.baseURL, path, environment: surroundings.environment)
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            #expect(run.errors.contains("call the platform at \(surroundings.emulator.baseURL)"))
            #expect(surroundings.emulator.requestLog.calls["production.orders.list"] == 1)
            let alone = try await CommandRun.c8run("test", path, environment: surroundings.environment)
            #expect(alone.status == 0 && alone.errors == "")
            #expect(surroundings.emulator.requestLog.calls["production.orders.list"] == 1)
        }
    }

    @Test func theExamplesTestsPass() async throws {
        let run = try await CommandRun.c8run("test", "--allow-read=examples/data/production", "examples")
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(run.output.contains("8 tests in 1 file: 8 passed"), "\(run.output)")
    }

    @Test func testsAreThereUnderTestAlone() async throws {
        let run = try await CommandRun.c8run("-e", "require 'c8.test'")
        #expect(run.status == 1)
        #expect(run.errors.contains("c8.test is there under c8run test alone"), "\(run.errors)")
    }
}
