import ArgumentParser
import C8RunTesting
import Testing

@testable import C8RunCLI

/// The command line of `c8run test`.
struct TestArgumentsTests {
    private let reader = CommandLineReader(commands: RootCommand.commandNames, options: RunOption.all)

    private func read(_ words: [String]) throws -> TestArguments? {
        guard case .test(let arguments) = try reader.read(["test"] + words) else { return nil }
        return arguments
    }

    static let rows: [(words: [String], set: @Sendable (inout TestArguments) -> Void)] = [
        ([], { _ in }), (["a", "b"], { $0.paths = ["a", "b"] }), (["--filter", "x y"], { $0.filter = "x y" }),
        (["a", "--jobs=3", "b"], { ($0.paths, $0.jobs) = (["a", "b"], 3) }), (["--list"], { $0.listsOnly = true }),
        (["--fail-fast"], { $0.failFast = true }), (["--shuffle", "7"], { $0.shuffleSeed = 7 }),
        (["--format=junit", "--output", "r.xml"], { ($0.format, $0.reportFile) = (.junit, "r.xml") }),
        (["--coverage", "l.info"], { $0.coverageFile = "l.info" }), (["--", "-x"], { $0.paths = ["-x"] }),
        (["--allow-read=a", "t"], { ($0.run.grants.read, $0.paths) = (.names(["a"]), ["t"]) }),
        (["--timeout", "3"], { $0.run.timeout = .seconds(3) }), (["-A"], { $0.run.grants.allowAll() }),
        (["--profile", "p"], { $0.run.platform.profile = "p" }),
        (["--color=always"], { $0.run.output.color = .always }),
    ]

    @Test(arguments: rows.indices) func wordsMeanOneThing(_ index: Int) throws {
        let row = Self.rows[index]
        var expected = TestArguments()
        row.set(&expected)
        #expect(try read(row.words) == expected, "\(row.words)")
    }

    static let mistakes: [(words: [String], message: String)] = [
        (["--jobs", "0"], "the value \"0\" of --jobs is not a whole number from 1 to 256"),
        (["--format=xml"], "the value \"xml\" of --format is not text, tap or junit"),
        (["--filter"], "the option --filter needs a text"), (["--list=1"], "the option --list takes no value"),
        (
            ["--emulator"],
            "the option --emulator is not one of test: tests have an emulator unless another platform is named"
        ),
        (["-e", "x"], "the option -e is not one of test: put the code into a file"),
        (["--coverge", "x"], "unknown option --coverge (did you mean --coverage?)"),
    ]

    @Test(arguments: mistakes.indices) func mistakesAreNamed(_ index: Int) {
        let (words, message) = Self.mistakes[index]
        let error = #expect(throws: UsageError.self) { try reader.read(["test"] + words) }
        #expect(error?.description == message)
    }

    @Test func tableAndHelpKnowTheSameOptions() {
        let help = TestCommand.helpMessage(columns: 200)
        let lines = help.split(separator: "\n").filter { $0.hasPrefix("  -") || $0.hasPrefix("      --") }
        let declared = Set(
            lines.flatMap { line in
                line.drop { $0 == " " }.prefix { $0 != "<" }.matches(of: /(?:^|[\s,\/])(--?[A-Za-z][a-z-]*)/)
                    .map { String($0.output.1) }
            })
        let shared = Set(RunOption.all.map(\.name)).subtracting(TestOption.foreign.keys)
        #expect(
            declared.subtracting(["-h", "--help", "--version"]) == shared.union(TestOption.all.map(\.name)), "\(help)")
    }

    @Test func helpCountsAmongPaths() throws {
        #expect(try reader.read(["test", "a", "--help"]) == .help(["test", "a"], isExact: false))
    }
}
