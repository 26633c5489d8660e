import ArgumentParser
import Testing

@testable import C8RunCLI

@Suite struct CommandLineRewriterTests {
    private let rewriter = CommandLineRewriter(commands: RootCommand.commandNames, options: RunOption.all)

    static let rows: [(typed: [String], parsed: [String])] = [
        ([], []),
        (["--version"], ["--version"]),
        (["--help"], ["--help"]),
        (["help", "run"], ["help", "run"]),
        (["token", "status", "--json"], ["token", "status", "--json"]),
        (["--generate-completion-script", "bash"], ["--generate-completion-script", "bash"]),
        (["a.lua"], ["run", "--", "a.lua"]),
        (["run", "a.lua"], ["run", "--", "a.lua"]),
        (["run"], ["run", "--"]),
        (["-"], ["run", "--", "-"]),
        (["--", "-odd.lua", "x"], ["run", "--", "-odd.lua", "x"]),
        (["--", "token"], ["run", "--", "token"]),
        (["./token"], ["run", "--", "./token"]),
        (["a.lua", "--timeout", "--", "-e", "--help"], ["run", "--", "a.lua", "--timeout", "--", "-e", "--help"]),
        (["-", "--", "x"], ["run", "--", "-", "--", "x"]),
        (["-e", "-- comment", "x", "-y"], ["run", "-e", "-- comment", "--", "x", "-y"]),
        (["-e", ""], ["run", "-e", "", "--"]),
        (["-eprint(1)"], ["run", "-e", "print(1)", "--"]),
        (["-e", "a()", "-e", "b()"], ["run", "-e", "a()", "-e", "b()", "--"]),
        (["--timeout", "5s", "a.lua"], ["run", "--timeout=5s", "--", "a.lua"]),
        (["--timeout=5s", "a.lua"], ["run", "--timeout=5s", "--", "a.lua"]),
        (["--timeout", "-5", "a.lua"], ["run", "--timeout=-5", "--", "a.lua"]),
        (["--base-url", "http://h/?a=b", "a.lua"], ["run", "--base-url=http://h/?a=b", "--", "a.lua"]),
        (["--allow-env", "a.lua"], ["run", "--allow-env=\0", "--", "a.lua"]),
        (["--allow-env=A,B", "a.lua"], ["run", "--allow-env=A,B", "--", "a.lua"]),
        (["a.lua", "--allow-env"], ["run", "--", "a.lua", "--allow-env"]),
        (["-A", "--emulator", "a.lua"], ["run", "-A", "--emulator", "--", "a.lua"]),
        (["--emulator", "--help"], ["run", "--help"]),
        (["run", "-h"], ["run", "--help"]),
        (["--emulator", "--version"], ["--version"]),
    ]

    @Test(arguments: rows)
    func argumentsBecomeWhatTheParserReads(_ typed: [String], _ parsed: [String]) throws {
        #expect(try rewriter.rewrite(typed) == parsed)
    }

    static let mistakes: [(typed: [String], message: String)] = [
        (["--timeuot", "5", "a.lua"], "unknown option --timeuot (did you mean --timeout?)"),
        (["--alow-env=A", "a.lua"], "unknown option --alow-env (did you mean --allow-env?)"),
        (["-x", "a.lua"], "unknown option -x"),
        (["--frobnicate"], "unknown option --frobnicate"),
        (["--emulator=yes", "a.lua"], "the option --emulator takes no value"),
        (["--allow-env=", "a.lua"], "the option --allow-env= names nothing: leave the = out to grant everything"),
        (["--profile"], "the option --profile needs the name of a profile"),
        (["-e"], "the option -e needs the code to run"),
        (["--allow-read=/etc", "a.lua"], "the option --allow-read is not in this version of c8run"),
        (["-Ae", "x"], "unknown option -Ae"),
    ]

    @Test(arguments: mistakes)
    func mistakeBeforeTheScriptIsNamed(_ typed: [String], _ message: String) {
        let error = #expect(throws: UsageError.self) { try rewriter.rewrite(typed) }
        #expect(error?.description == message)
    }

    @Test func tableAndParserKnowTheSameOptions() throws {
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

    @Test(arguments: RunOption.all.filter { $0.name != "-e" })
    func everyOptionOfTheTableIsParsed(_ option: RunOption) throws {
        let samples = [
            "--max-memory": "64MiB", "--timeout": "2m", "--max-instructions": "1000", "--log-level": "warn",
            "--log-format": "json", "--color": "never",
        ]
        let value = samples[option.name] ?? "x"
        let typed = option.arity == .flag ? [option.name] : ["\(option.name)=\(value)"]
        let parsed = try RootCommand.parseAsRoot(rewriter.rewrite(typed + ["a.lua", "--z"]))
        #expect((parsed as? RunCommand)?.positionals == ["a.lua", "--z"])
    }

    @Test func repeatedGrantsAddUp() throws {
        let run = try parse(["--allow-env=A", "--allow-env=B,C", "x.lua"])
        #expect(run.options.environmentGrant == .names(["A", "B", "C"]))
        #expect(try parse(["--allow-env=A", "--allow-env", "x.lua"]).options.environmentGrant == .all)
        #expect(try parse(["-A", "x.lua"]).options.environmentGrant == .all)
        #expect(try parse(["x.lua"]).options.environmentGrant == nil)
    }

    @Test func scriptIsTakenApartFromItsArguments() throws {
        let run = try parse(["s.lua", "-a", "--", "b"])
        let (source, arguments) = try ScriptSource.split(code: run.options.code, positionals: run.positionals)
        #expect(source == .file("s.lua"))
        #expect(arguments == ["-a", "--", "b"])
    }

    @Test func codeTakesAllPositionalsAsArguments() throws {
        let run = try parse(["-e", "a()", "-e", "-- b", "x", "-"])
        let (source, arguments) = try ScriptSource.split(code: run.options.code, positionals: run.positionals)
        #expect(source == .code("a()\n-- b"))
        #expect(arguments == ["x", "-"])
    }

    private func parse(_ typed: [String]) throws -> RunCommand {
        try #require(try RootCommand.parseAsRoot(rewriter.rewrite(typed)) as? RunCommand)
    }
}
