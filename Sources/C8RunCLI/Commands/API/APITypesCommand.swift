import ArgumentParser
import C8Platform
import C8Sandbox

/// `c8run api types`: what editors complete and check scripts with.
struct APITypesCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "types",
            abstract: CommandMessage.apiTypes.text,
            discussion: DiscussionMessage.apiTypes.text)
    }

    @Option(parsing: .unconditional, help: ArgumentHelp(.typesOutput, valueName: "folder"), completion: .directory)
    var output: String?

    @OptionGroup var options: APIOptions

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let files = TypeFiles.all(try KnownBindings.load(options, in: context))
        guard let output else {
            try ResultOutput.print(TypeFiles.joined(files))
            return ExitCode.done.number
        }
        let door = FileDoor(grants: FileGrants(allowWrite: .paths([output])))
        try door.makeDirectory(C8Sandbox.FilePath("\(output)/c8"), parents: true)
        for file in files {
            try door.write(Array(file.text.utf8), to: C8Sandbox.FilePath("\(output)/\(file.path)"))
        }
        try ResultOutput.print("written to \(TerminalText.line(output)): \(files.count) files\n")
        return ExitCode.done.number
    }
}
