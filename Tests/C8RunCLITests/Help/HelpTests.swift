import ArgumentParser
import Testing

@testable import C8RunCLI

@Suite struct HelpTests {
    private func commands(_ language: Language) throws -> [CommandDescription] {
        try Language.$current.withValue(language) { try CommandDescription.root().all }
    }

    @Test func everyCommandHasAnExampleThatParses() throws {
        for command in try commands(.english) {
            #expect(!command.notes.examples.isEmpty, "\(command.name)")
            for example in command.notes.examples {
                #expect(example.line.hasPrefix("c8run "), "\(example.line)")
                let words = ShellWords.split(example.line).dropFirst()
                let reading = try CommandLineReader.standard.read(Array(words))
                if case .parser(let arguments) = reading {
                    #expect(throws: Never.self, "\(example.line)") { _ = try RootCommand.parseAsRoot(arguments) }
                }
                // A group shows a command of its own; every other the command itself.
                let path = command.path.dropFirst()
                if command.subcommands.isEmpty, path != ["run"] {
                    #expect(words.starts(with: path), "\(example.line)")
                }
            }
        }
    }

    @Test(arguments: Language.allCases)
    func everythingIsToldInTheLanguage(_ language: Language) throws {
        for command in try commands(language) {
            var texts = [command.abstract] + command.options.map(\.text)
            if let discussion = command.discussion { texts.append(discussion) }
            for text in texts {
                #expect(!text.isEmpty, "\(command.name)")
                #expect(
                    text.contains(where: MessageTests.isChinese) == (language == .chinese), "\(command.name): \(text)")
            }
        }
    }

    @Test(arguments: Language.allCases, [60, 80])
    func linesFitTheWidth(_ language: Language, _ width: Int) throws {
        for command in try commands(language) {
            let text = Language.$current.withValue(language) { HelpText(command: command, width: width).text }
            // What is to be copied stays whole.
            let copied = command.notes.examples.map(\.line) + command.usage
            for line in text.split(separator: "\n") where TextTable.width(of: String(line)) > width {
                #expect(copied.contains { line.hasSuffix($0) } && width < 80, "\(command.name): \(line)")
            }
        }
    }

    @Test func helpHasItsPartsInOrder() throws {
        let command = try #require(try CommandDescription.root().find(["flow", "resolve"]))
        #expect(
            HelpText(command: command).text.hasPrefix(
                """
                Say what became of a step in doubt: it took place, with this result, or it did
                not.

                Usage: c8run flow resolve [options] <id> <step>

                Look the step up on the platform first: c8run flow show ID names the operation
                and its traceId. As long as the flow has not been run since, saying it again
                replaces what was said.

                Examples:
                  # the platform has the order
                  c8run flow resolve 'production PO-1' create --done '{"orderNo": "PO-1"}'
                  # it has not
                  c8run flow resolve 'production PO-1' create --retry

                Arguments:
                  <id>                    The flow's id.
                  <step>                  The step, as flow show names it.

                Options:
                  --done <json>           It took place; this is the step's result.
                  --retry                 It did not take place: the next run runs the step
                                          again.
                  -h, --help              Show help.

                Platform:

                """))
    }

    @Test func grantsShowThatTheirValueFollowsAnEqualsSign() throws {
        let run = try #require(try CommandDescription.root().find(["run"]))
        let labels = run.options.map(\.label)
        #expect(labels.contains("--allow-read[=<path,…>]"))
        #expect(labels.contains("--timeout <duration>"))
        #expect(labels.contains("-A, --allow-all"))
    }

    @Test func exitCodesAreTheTableOfTheirOwn() throws {
        let root = try CommandDescription.root()
        let text = HelpText(command: root).text
        for code in ExitCode.allCases {
            #expect(text.contains("\n  \(code.number) "), "\(code)")
        }
    }
}
