import ArgumentParser
import Logging
import Testing

@testable import C8RunCLI

@Suite struct CommandLineReaderTests {
    private let reader = CommandLineReader(commands: RootCommand.commandNames, options: RunOption.all)

    static let forTheParser: [(typed: [String], parsed: CommandLineReader.Reading)] = [
        ([], .parser([])),
        (["--version"], .parser(["--version"])),
        (["--help"], .help([], isExact: true)),
        (["help"], .help([], isExact: true)),
        (["help", "api", "call"], .help(["api", "call"], isExact: true)),
        (["help", "--lang", "zh", "api", "call"], .help(["api", "call"], isExact: true)),
        (["help", "api", "--lang=en"], .help(["api"], isExact: true)),
        (["api", "call", "x", "--help"], .help(["api", "call", "x"], isExact: false)),
        (["api", "call", "x", "--", "-h"], .parser(["api", "call", "x", "--", "-h"])),
        (["token", "status", "--json"], .parser(["token", "status", "--json"])),
        (["--generate-completion-script", "bash"], .parser(["--generate-completion-script", "bash"])),
        (["--generate-manual"], .manual),
        (["--emulator", "--help"], .help(["run"], isExact: true)),
        (["repl", "--help"], .help(["repl"], isExact: false)),
        (["run", "-h"], .help(["run"], isExact: true)),
        (["--emulator", "--version"], .parser(["--version"])),
    ]

    @Test(arguments: forTheParser)
    func otherCommandsAreForTheParser(_ typed: [String], _ parsed: CommandLineReader.Reading) throws {
        #expect(try reader.read(typed) == parsed)
    }

    static let positionals: [(typed: [String], left: [String])] = [
        (["a.lua"], ["a.lua"]),
        (["run", "a.lua"], ["a.lua"]),
        (["run"], []),
        (["-"], ["-"]),
        (["--", "-odd.lua", "x"], ["-odd.lua", "x"]),
        (["--", "token"], ["token"]),
        (["./token"], ["./token"]),
        (["a.lua", "--timeout", "--", "-e", "--help"], ["a.lua", "--timeout", "--", "-e", "--help"]),
        (["-", "--", "x"], ["-", "--", "x"]),
        (["a.lua", "--allow-env"], ["a.lua", "--allow-env"]),
    ]

    @Test(arguments: positionals)
    func everythingBehindTheScriptIsTheScripts(_ typed: [String], _ left: [String]) throws {
        var expected = RunArguments()
        expected.positionals = left
        #expect(try reader.read(typed) == .run(expected))
    }

    @Test func promptTakesTheOptionsOfRun() throws {
        var expected = RunArguments()
        expected.isRepl = true
        expected.usesEmulator = true
        expected.code = ["x = 1"]
        #expect(try reader.read(["repl", "--emulator", "-e", "x = 1"]) == .run(expected))
    }

    /// One row sets one thing and leaves the rest as it is.
    static let options: [(typed: [String], set: @Sendable (inout RunArguments) -> Void)] = [
        (["-e", "-- comment"], { $0.code = ["-- comment"] }),
        (["-e", ""], { $0.code = [""] }),
        (["-eprint(1)"], { $0.code = ["print(1)"] }),
        (["-e", "a()", "-e", "b()"], { $0.code = ["a()", "b()"] }),
        (["--lang", "zh"], { _ in }),
        (["--emulator"], { $0.usesEmulator = true }),
        (["--dry-run"], { $0.dryRun = true }),
        (["--timeout", "5s"], { $0.timeout = .seconds(5) }),
        (["--timeout=1.5s"], { $0.timeout = .milliseconds(1500) }),
        (["--max-memory=64MiB"], { $0.maximumMemory = 64 << 20 }),
        (["--max-instructions", "1000"], { $0.maximumInstructions = 1000 }),
        (["--metrics", "m.prom"], { $0.metricsFile = "m.prom" }),
        (["--record", "t.json"], { $0.recordFile = "t.json" }),
        (["--replay=t.json"], { $0.replayFile = "t.json" }),
        (["--progress", "never"], { $0.progress = .never }),
        (["--input", "{ \"b\": 1, \"a\":[] }"], { $0.input = #"{"b":1,"a":[]}"# }),
        (["--max-output=1MiB"], { $0.maximumOutput = 1 << 20 }),
        (["--profile", "p"], { $0.platform.profile = "p" }),
        (["--config", "c.toml"], { $0.platform.file = "c.toml" }),
        (["--base-url", "http://h/?a=b"], { $0.platform.baseURL = "http://h/?a=b" }),
        (["--bindings", "a", "--bindings=b"], { $0.platform.bindings = ["a", "b"] }),
        (["--allow-insecure-http"], { $0.platform.allowInsecureHTTP = true }),
        (["--allow-read"], { $0.grants.read = .all }),
        (["--allow-read=/a,b"], { $0.grants.read = .names(["/a", "b"]) }),
        (["--allow-write=/a"], { $0.grants.write = .names(["/a"]) }),
        (["--allow-net=h:1,[::1]:2"], { $0.grants.net = .names(["h:1", "[::1]:2"]) }),
        (["--allow-env"], { $0.grants.environment = .all }),
        (["--allow-env=A,B", "--allow-env=C"], { $0.grants.environment = .names(["A", "B", "C"]) }),
        (["--allow-env=A", "--allow-env"], { $0.grants.environment = .union(.names(["A"]), .all) }),
        (["--deny-read=/a"], { $0.grants.denyRead = .names(["/a"]) }),
        (["--deny-write"], { $0.grants.denyWrite = .all }),
        (["--deny-net=h"], { $0.grants.denyNet = .names(["h"]) }),
        (["--deny-env=A"], { $0.grants.denyEnvironment = .names(["A"]) }),
        (["--allow-token"], { $0.grants.token = true }),
        (["-A"], { $0.grants.allowAll() }),
        (["--allow-all"], { $0.grants.allowAll() }),
        (["--permissions", "p.toml"], { $0.permissionsFile = "p.toml" }),
        (["--require-kernel-sandbox"], { $0.requiresKernelSandbox = true }),
        (["--log-level", "warn"], { $0.output.logLevel = .warning }),
        (["--log-format", "json"], { $0.output.logFormat = .json }),
        (["--color=never"], { $0.output.color = .never }),
    ]

    @Test(arguments: options.indices)
    func optionSetsOneThing(_ index: Int) throws {
        let row = Self.options[index]
        var expected = RunArguments()
        row.set(&expected)
        expected.positionals = ["a.lua", "--z"]
        #expect(try reader.read(row.typed + ["a.lua", "--z"]) == .run(expected), "\(row.typed)")
    }

    @Test func everyOptionOfTheTableIsTested() {
        let tested = Set(
            Self.options.flatMap { row in
                row.typed.map { word in String(word.prefix { $0 != "=" }) }.filter { $0.hasPrefix("-") }
            })
        #expect(Set(RunOption.all.map(\.name)).subtracting(tested).isEmpty)
    }

    static let mistakes: [(typed: [String], message: String)] = [
        (["--timeuot", "5", "a.lua"], "unknown option --timeuot (did you mean --timeout?)"),
        (["--alow-env=A", "a.lua"], "unknown option --alow-env (did you mean --allow-env?)"),
        (["-x", "a.lua"], "unknown option -x"),
        (["--frobnicate"], "unknown option --frobnicate"),
        (["--emulator=yes", "a.lua"], "the option --emulator takes no value"),
        (["--allow-env=", "a.lua"], "the option --allow-env= names nothing: leave the = out to grant everything"),
        (["--allow-env=A,,B", "a.lua"], "the option --allow-env=A,,B has an empty name between its commas"),
        (["--profile"], "the option --profile needs the name of a profile"),
        (["-e"], "the option -e needs the code to run"),
        (["--max-instructions=0", "a.lua"], "the value \"0\" of --max-instructions is not a whole number from 1"),
        (["--timeout", "-5", "a.lua"], "the value \"-5\" of --timeout is not \(DurationText.rule)"),
        (["--progress", "often"], "the value \"often\" of --progress is not auto or never"),
        (["--input", "{"], "the value \"{\" of --input is not JSON"),
        (["--allow-token", "--lang", "fr"], "the value \"fr\" of --lang is not en or zh"),
        (["--color", "pink", "a.lua"], "the value \"pink\" of --color is not auto, always or never"),
        (["-Ae", "x"], "unknown option -Ae"),
    ]

    @Test(arguments: mistakes)
    func mistakeBeforeTheScriptIsNamed(_ typed: [String], _ message: String) {
        let error = #expect(throws: UsageError.self) { try reader.read(typed) }
        #expect(error?.description == message)
    }

    @Test func tableAndHelpKnowTheSameOptions() throws {
        let help = RunCommand.helpMessage(columns: 200)
        let pattern = /(?:^|[\s,\/])(--?[A-Za-z][a-z-]*)/
        let optionLines = help.split(separator: "\n").filter { $0.hasPrefix("  -") || $0.hasPrefix("      --") }
        let declared = Set(
            optionLines.flatMap { line in
                // The names stand before the help text, which is set apart by two blanks at least.
                line.drop { $0 == " " }.prefix(while: { $0 != "<" }).matches(of: pattern).map { String($0.output.1) }
            })
        let inTable = Set(RunOption.all.map(\.name))
        #expect(declared.subtracting(["-h", "--help", "--version"]) == inTable, "\(help)")
    }

    @Test func commandNamesAreThoseOfTheParser() {
        let declared = RootCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
        #expect(RootCommand.commandNames == declared + ["help"])
    }

    @Test func scriptIsTakenApartFromItsArguments() throws {
        let (source, arguments) = try ScriptSource.split(code: [], positionals: ["s.lua", "-a", "--", "b"])
        #expect(source == .file("s.lua"))
        #expect(arguments == ["-a", "--", "b"])
    }

    @Test func codeTakesAllPositionalsAsArguments() throws {
        let (source, arguments) = try ScriptSource.split(code: ["a()", "-- b"], positionals: ["x", "-"])
        #expect(source == .code("a()\n-- b"))
        #expect(arguments == ["x", "-"])
    }

    static let unions: [(GrantList?, GrantList, GrantList)] = [
        (nil, .all, .all), (.all, .all, .all),
        (.names(["a"]), .names(["b"]), .names(["a", "b"])),
    ]

    @Test(arguments: unions)
    func grantsAddUp(_ first: GrantList?, _ second: GrantList, _ both: GrantList) {
        #expect(GrantList.union(first, second) == both)
    }
}
