import C8Emulator
import C8Platform
import Foundation
import Testing

@Suite struct CommandLineTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let status: Int32
        var output = ""
        var errors: [String] = []
        var input = ""

        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let cases = [
        Case(arguments: ["-e", ""], status: 0),
        Case(arguments: ["-e", "print(...)", "a", "--b"], status: 0, output: "a\t--b\n"),
        Case(
            arguments: ["run", "-e", "print(arg[0], #arg, arg[1])", "x"], status: 0, output: "(command line)\t1\tx\n"),
        Case(arguments: ["-", "7"], status: 0, output: "7\n", input: "#!/usr/bin/env c8run\nprint(...)"),
        Case(
            arguments: ["-e", "io.write('a', 1, '\\n') print(io.read())"], status: 0, output: "a1\nline\n",
            input: "line\n"),
        Case(arguments: ["-e", "os.exit(7)"], status: 7),
        Case(arguments: ["-e", "os.exit(true)"], status: 0),
        Case(
            arguments: [
                "-e", "local _ <close> = setmetatable({}, {__close = function() print('closed') end}) os.exit(3)",
            ], status: 3, output: "closed\n"),
        Case(
            arguments: ["-e", "local function f() error('broken') end\nf()"], status: 1,
            errors: ["broken", "(command line):1", "in main chunk"]),
        Case(arguments: ["-e", "x = = 1"], status: 65, errors: ["(command line):1:", "x = = 1"]),
        Case(arguments: ["missing.lua"], status: 66, errors: ["missing.lua", "No such file"]),
        Case(arguments: ["--tiemout", "5", "-e", ""], status: 64, errors: ["--timeout"]),
        Case(arguments: ["--timeout", "soon", "-e", ""], status: 64, errors: ["--timeout"]),
        Case(
            arguments: ["--timeout", "0.2", "-e", "while true do pcall(function() while true do end end) end"],
            status: 124, errors: ["time limit", "--timeout"]),
        Case(
            arguments: ["--max-memory", "16MiB", "-e", "local t = {} while true do t[#t + 1] = {} end"], status: 137,
            errors: ["memory limit", "--max-memory"]),
        Case(
            arguments: ["--max-instructions", "100000", "-e", "while true do end"], status: 124,
            errors: ["--max-instructions"]),
        Case(arguments: ["-e", "os.getenv('HOME')"], status: 77, errors: ["--allow-env=HOME"]),
        Case(arguments: ["-e", "os.execute('true')"], status: 77, errors: ["os.execute"]),
        Case(arguments: ["-e", "io.open('/etc/passwd')"], status: 77, errors: ["io.open"]),
        Case(arguments: ["--allow-env=HOME", "-e", "print(os.getenv('HOME'))"], status: 0, output: "/nonexistent\n"),
        Case(
            arguments: ["-A", "-e", "print(pcall(os.getenv, 'C8_SECRET_KEY') )"], status: 0,
            output:
                "false\t(command line):1: the script may not read the environment variable C8_SECRET_KEY: it holds a secret, which no grant opens\n"
        ),
        Case(arguments: ["-e", "c8.products.get{}"], status: 78, errors: ["C8_BASE_URL"]),
        Case(
            arguments: ["run", "--emulator", "-e", "c8.products.get{}"], status: 1,
            errors: ["products.get: $.productCode: required, but missing", "商品编号"]),
        Case(
            arguments: ["run", "--emulator", "-e", "c8.production.order.create{}"], status: 1,
            errors: ["unknown operation", "production.orders"]),
        Case(
            arguments: [
                "run", "--emulator", "-e",
                "local t = {} t.self = t print(select(2, pcall(c8.production.orders.create, t)))",
            ], status: 0, output: "(command line):1: cannot be JSON: body.self contains itself (a cycle)\n"),
        Case(
            arguments: [
                "run", "--emulator", "-e",
                "local _, e = pcall(c8.production.orders.create, {a = {1, print}}) print(e.kind, e.message)",
            ], status: 0, output: "invalid\tcannot be JSON: body.a[2] is a function\n"),
        Case(
            arguments: [
                "run", "--emulator", "-e",
                "local _, e = pcall(c8.production.orders.create, {weight = 0/0}) print(e.kind, e.message)",
            ], status: 0, output: "invalid\tcannot be JSON: body.weight is NaN\n"),
        Case(
            arguments: [
                "run", "--emulator", "-e",
                "local t = c8.json.object{[1] = 'a', ['1'] = 'b'} "
                    + "local _, e = pcall(c8.production.orders.create, {a = t}) print(e.kind, e.message)",
            ], status: 0, output: "invalid\tcannot be JSON: body.a has two fields of the name 1\n"),
        Case(
            arguments: [
                "run", "--emulator", "-e",
                "local t = {['\\u{e9}'] = 1, ['e\\u{301}'] = 2} "
                    + "local _, e = pcall(c8.production.orders.create, t) print(e.message:match('two fields'))",
            ], status: 0, output: "two fields\n"),
        Case(arguments: ["-e", "require 'nothing.here'"], status: 1, errors: ["module 'nothing.here' not found"]),
        Case(
            arguments: ["-e", "print(require 'c8.json'.encode{1, {a = require 'c8.json'.null}})"], status: 0,
            output: "[1,{\"a\":null}]\n"),
        Case(
            arguments: [
                "-e",
                "local t = require 'c8.time' print(t.format(0), t.parse('1970-01-01T08:00:00+08:00'), t.duration('PT8H'))",
            ], status: 0, output: "1970-01-01T00:00:00Z\t0\t28800\n"),
        Case(
            arguments: [
                "-e", "local c = require 'c8.crypto' print(c.md5(''), c.hex(c.base64.decode(c.base64('数码'))))",
            ], status: 0, output: "d41d8cd98f00b204e9800998ecf8427e\te695b0e7a081\n"),
        Case(arguments: ["-e", "require 'c8.task'.sleep(0.01) print('slept')"], status: 0, output: "slept\n"),
    ]

    @Test(arguments: cases)
    func commandEndsAsDocumented(_ test: Case) async throws {
        let run = try await runCase(test)
        #expect(run.status == test.status, "\(run.errors)")
        #expect(run.output == test.output)
        for words in test.errors { #expect(run.errors.contains(words), "\(run.errors)") }
        if test.status == 0 { #expect(run.errors.isEmpty) }
    }

    private func runCase(_ test: Case) async throws -> CommandRun {
        let a = test.arguments
        switch a.count {
        case 1: return try await CommandRun.c8run(a[0], input: test.input)
        case 2: return try await CommandRun.c8run(a[0], a[1], input: test.input)
        case 3: return try await CommandRun.c8run(a[0], a[1], a[2], input: test.input)
        default: return try await CommandRun.c8run(a[0], a[1], a[2], a[3], input: test.input)
        }
    }

    @Test func scriptRequiresFilesBelowItsFolderAndNothingElse() async throws {
        let folder = try Folder()
        _ = try folder.file("scripts/lib/names.lua", "local name, path = ...\nreturn {name = name, path = path}")
        _ = try folder.file("outside.lua", "return 'outside'")
        try FileManager.default.createSymbolicLink(
            at: folder.url.appendingPathComponent("scripts/link.lua"),
            withDestinationURL: folder.url.appendingPathComponent("outside.lua"))
        let script = try folder.file(
            "scripts/main.lua",
            "local n = require 'lib.names' print(n.name, pcall(require, 'link'), pcall(require, '...outside'))")
        let run = try await CommandRun.c8run(script)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("lib.names\tfalse\tfalse\t"))
    }

    @Test func syntaxErrorShowsTheLine() async throws {
        let folder = try Folder()
        let script = try folder.file("broken.lua", "print('never')\nlocal x = = 2\n")
        let run = try await CommandRun.c8run(script)
        #expect(run.status == 65)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("broken.lua:2:"))
        #expect(run.errors.contains("local x = = 2"))
    }

    @Test func brokenConfigurationNamesFileLineAndKey() async throws {
        let folder = try Folder()
        let config = try folder.file(
            "config.toml", "[profiles.a]\nbase_url = \"https://x.example\"\nacess_key = \"k\"\n")
        let run = try await CommandRun.c8run("--config", config, "--profile", "a", "-e", "c8.production.orders.list{}")
        #expect(run.status == 78)
        for words in ["config.toml", "3", "acess_key", "access_key"] {
            #expect(run.errors.contains(words), "\(run.errors)")
        }
    }

    @Test func wrongSecretIsNamedByItsCode() async throws {
        try await Surroundings.with { surroundings in
            var environment = surroundings.environment
            environment["C8_SECRET_KEY"] = "wrong"
            let run = try await CommandRun.c8run("-e", "c8.production.orders.list{}", environment: environment)
            #expect(run.status == 69)
            #expect(run.errors.contains("21184031"))
        }
    }

    @Test func platformThatIsDownIsNamedWithTheCause() async throws {
        let environment = [
            "C8_BASE_URL": "http://127.0.0.1:1", "C8_ACCESS_KEY": "k", "C8_SECRET_KEY": "s",
            "C8_STATE": try Folder().url.path,
        ]
        let run = try await CommandRun.c8run(
            "-e", "c8.request{path = '/any'}", environment: environment)
        #expect(run.status == 69)
        #expect(run.errors.contains("127.0.0.1:1"))
        #expect(run.errors.contains("connection refused"))
    }

    @Test(arguments: [(SIGTERM, 143), (SIGINT, 130)] as [(Int32, Int32)])
    func signalUnwindsTheScript(signal: Int32, status: Int32) async throws {
        let source = """
            local _ <close> = setmetatable({}, {__close = function() print("closed") end})
            print(c8.production.orders.list{}.total)
            while true do pcall(require "c8.task".sleep, 60) end
            """
        try await Surroundings.with { surroundings in
            let emulator = surroundings.emulator
            let run = try await CommandRun.c8run("-e", source, environment: surroundings.environment) { process in
                // The script has called the platform: it is running.
                while emulator.requestLog.calls["production.orders.list"] == nil {
                    try await Task.sleep(for: .milliseconds(10))
                }
                kill(process.processIdentifier, signal)
            }
            #expect(run.status == status)
            #expect(run.output.hasSuffix("closed\n"))
        }
    }
}
