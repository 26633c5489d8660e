import ArgumentParser

/// `c8run run`: runs one script.
struct RunCommand: CLICommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a Lua script (the word run may be left out).",
        usage: """
            c8run [options] <script> [<argument> …]
            c8run [options] -e <code> [<argument> …]
            """,
        discussion: """
            <script> is a file, or - for standard input. Everything behind it belongs to the script, which finds it in \
            ... and in the table arg. Nothing on this machine is open to a script unless it is granted.
            """)

    @OptionGroup(title: "Script")
    var options: RunOptions

    @OptionGroup(title: "Platform")
    var platform: PlatformOptions

    @OptionGroup(title: "Output")
    var output: OutputOptions

    var errorPrinter: ErrorPrinter? { output.printer }

    @Argument(
        parsing: .remaining, help: ArgumentHelp("The script and its arguments.", valueName: "script and arguments"))
    var positionals: [String] = []

    func run(_ context: CommandContext) async throws -> Int32 {
        let (source, arguments) = try ScriptSource.split(code: options.code, positionals: positionals)
        try checkEmulator()
        let layers = options.emulator ? nil : try context.loader.load(platform.request, warn: output.printer.warn)
        let session = RunSession(
            source: source, arguments: arguments, options: options, output: output, platform: platform.request,
            layers: layers, folders: context.loader.folders)
        return try await session.run(signals: context.signals)
    }

    /// Options that the emulator would leave without effect are refused rather than ignored.
    private func checkEmulator() throws(UsageError) {
        guard options.emulator else { return }
        let others = [
            ("--profile", platform.profile != nil), ("--config", platform.config != nil),
            ("--base-url", platform.baseURL != nil), ("--allow-insecure-http", platform.allowInsecureHTTP),
        ]
        for (name, isGiven) in others where isGiven {
            throw UsageError("\(name) has no meaning with --emulator, which brings its own platform")
        }
    }
}
