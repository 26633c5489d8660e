import ArgumentParser
import C8Run
import C8Sandbox
import Glibc

/// `c8run init`: a script project that runs at once.
struct InitCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "init", abstract: CommandMessage.initialize.text,
            discussion: DiscussionMessage.initialize.text)
    }

    @Flag(help: ArgumentHelp(.initForce))
    var force = false

    @Flag(help: ArgumentHelp(.initList))
    var list = false

    @OptionGroup(title: LabelMessage.output.text)
    var output: OutputOptions

    @Argument(help: ArgumentHelp(.initFolder, valueName: "folder"), completion: .directory)
    var folder = "."

    var errorPrinter: ErrorPrinter? { output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let root = FilePath.absolute(
            folder, relativeTo: context.loader.folders.workingDirectory, home: context.loader.folders.home)
        let files = try ProjectTemplate.files(folder: root)
        if list {
            try ResultOutput.print(files.map { $0.path + "\n" }.joined())
            return ExitCode.done.number
        }
        let existing = files.filter { Self.exists("\(root)/\($0.path)") }.map(\.path)
        if !existing.isEmpty, !force {
            throw UsageError(.exists, ["folder": folder, "files": Self.names(existing)])
        }
        try write(files, to: root)
        let change = folder == "." ? "" : "  cd \(ShellText.quoted(folder))\n"
        try ResultOutput.print(
            InitMessage.written.text(["count": String(files.count), "folder": TerminalText.line(folder)]) + "\n\n"
                + change
                + "  c8run --emulator first_flow.lua\n" + "  c8run check --emulator *.lua\n" + "  c8run test\n"
                + "  c8run doctor --config config.toml\n")
        return ExitCode.done.number
    }

    private func write(_ files: [ProjectFile], to root: String) throws {
        let door = FileDoor(grants: FileGrants(allowWrite: .paths([root])))
        do {
            for file in files {
                let path = "\(root)/\(file.path)"
                try door.makeDirectory(C8Sandbox.FilePath(FilePath.folder(of: path)), parents: true)
                try door.write(Array(file.text.utf8), to: C8Sandbox.FilePath(path))
            }
        } catch {
            throw UsageError(.cannotWrite, ["path": folder, "problem": "\(error)"])
        }
    }

    /// True for links that lead nowhere, too: whatever has the name is somebody's.
    private static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    private static func names(_ paths: [String]) -> String {
        let shown = paths.prefix(5).joined(separator: ", ")
        return paths.count > 5 ? "\(shown) and \(paths.count - 5) more of its files" : shown
    }
}
