import ArgumentParser
import Testing

@testable import C8RunCLI

@Suite struct SubmitArgumentsTests {
    private let reader = CommandLineReader(commands: RootCommand.commandNames, options: RunOption.all)

    private static let options: [(typed: [String], set: @Sendable (inout SubmitArguments) -> Void)] = [
        (["--id", "order PO-1"], { $0.id = "order PO-1" }),
        (["--id=作业"], { $0.id = "作业" }),
        (["--at", "+10m"], { $0.at = .after(.seconds(600)) }),
        (["--at=2026-11-27T08:00:00Z"], { $0.at = .at(1_795_766_400) }),
        (["--cron", "30 2 * * *"], { $0.cron = "30 2 * * *" }),
        (["--zone", "Asia/Shanghai"], { $0.zone = "Asia/Shanghai" }),
        (["--priority", "-5"], { $0.priority = -5 }),
        (["--tag", "heavy"], { $0.tag = "heavy" }),
        (["--attempts", "1"], { $0.mostAttempts = 1 }),
        (["--json"], { $0.json = true }),
        (["--allow-read=a"], { $0.run.grants.read = .names(["a"]) }),
        (["--input", "{ }"], { $0.run.input = "{}" }),
        (["--profile", "p"], { $0.run.platform.profile = "p" }),
        (["-e", "x"], { $0.run.code = ["x"] }),
    ]

    @Test(arguments: options.indices)
    func optionSetsOneThing(_ index: Int) throws {
        let row = Self.options[index]
        var expected = SubmitArguments()
        row.set(&expected)
        expected.run.positionals = ["a.lua", "--id", "--help"]
        #expect(
            try reader.read(["submit"] + row.typed + ["a.lua", "--id", "--help"]) == .submit(expected), "\(row.typed)")
    }

    @Test func everyOptionOfTheTableIsTested() {
        let tested = Set(Self.options.compactMap { $0.typed.first.map { String($0.prefix { $0 != "=" }) } })
        #expect(Set(SubmitOption.all.map(\.name)).subtracting(tested).isEmpty)
    }

    @Test(
        arguments: [
            (
                ["--priority", "1001", "a.lua"],
                "the value \"1001\" of --priority is not a whole number from -1000 to 1000"
            ),
            (["--attempts=0", "a.lua"], "the value \"0\" of --attempts is not a whole number from 1 to 100"),
            (
                ["--at", "soon", "a.lua"],
                "the value \"soon\" of --at is not a time such as 2026-11-27T08:00:00+08:00, or a "
                    + "duration from now such as +10m"
            ),
            (
                ["--at", "+x", "a.lua"],
                "the value \"+x\" of --at is not a time such as 2026-11-27T08:00:00+08:00, or a "
                    + "duration from now such as +10m"
            ),
            (["--id", "", "a.lua"], "the value \"\" of --id is not 1 to 200 bytes without control characters"),
            (["--id"], "the option --id needs 1 to 200 bytes without control characters"),
            (["--json=1", "a.lua"], "the option --json takes no value"),
            (
                ["--emulator", "a.lua"],
                "the option --emulator is not one of submit: a job runs where its worker says; give it "
                    + "to c8run worker"
            ),
            (["--bindings=b", "a.lua"], "the option --bindings is not one of submit: a job finds those of its worker"),
            (["--prioritty", "1"], "unknown option --prioritty (did you mean --priority?)"),
        ] as [([String], String)])
    func mistakeBeforeTheScriptIsNamed(_ typed: [String], _ message: String) {
        let error = #expect(throws: UsageError.self) { try reader.read(["submit"] + typed) }
        #expect(error?.description == message)
    }

    @Test func optionsThatContradictEachOtherAreRefused() {
        var arguments = SubmitArguments()
        arguments.zone = "UTC"
        #expect(throws: UsageError.self) { try arguments.check() }
        arguments.cron = "@daily"
        #expect(throws: Never.self) { try arguments.check() }
        arguments.at = .after(.seconds(1))
        #expect(throws: UsageError.self) { try arguments.check() }
    }

    @Test func helpAndTablesKnowTheSameOptions() throws {
        let help = SubmitCommand.helpMessage(columns: 200)
        let pattern = /(?:^|[\s,\/])(--?[A-Za-z][a-z-]*)/
        let lines = help.split(separator: "\n").filter { $0.hasPrefix("  -") || $0.hasPrefix("      --") }
        let declared = Set(
            lines.flatMap { line in
                line.drop { $0 == " " }.prefix(while: { $0 != "<" }).matches(of: pattern).map { String($0.output.1) }
            })
        let known = Set(RunOption.all.map(\.name)).subtracting(SubmitOption.foreign.keys)
            .union(SubmitOption.all.map(\.name))
        #expect(declared.subtracting(["-h", "--help", "--version"]) == known, "\(help)")
    }

    @Test func helpOfTheCommandIsAskedForBeforeTheScript() throws {
        #expect(try reader.read(["submit", "--help"]) == .help(["submit"], isExact: true))
        #expect(reader.language(of: ["submit", "--id", "--lang", "--lang", "zh", "a.lua", "--lang", "en"]) == .chinese)
    }
}
