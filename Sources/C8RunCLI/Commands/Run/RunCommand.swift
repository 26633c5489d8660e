import ArgumentParser

/// `c8run run`, as the argument parser knows it: for help and completions. `CommandLineReader` reads its command lines.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a Lua script (the word run may be left out).",
        usage: """
            c8run [options] <script> [<argument> …]
            c8run [options] -e <code> [<argument> …]
            """,
        discussion: """
            <script> is a file, or - for standard input. Everything behind it belongs to the script, which finds it in \
            ... and in the table arg. Nothing on this machine is open to a script unless it is granted; what is denied \
            stays closed, whatever is granted.
            """)

    @OptionGroup(title: "Script")
    var options: RunOptions

    @OptionGroup(title: "Grants")
    var grants: GrantOptions

    @OptionGroup(title: "Platform")
    var platform: PlatformOptions

    @OptionGroup(title: "Recordings")
    var recordings: RecordingOptions

    @OptionGroup(title: "Output")
    var output: OutputOptions

    @Argument(
        parsing: .remaining, help: ArgumentHelp("The script and its arguments.", valueName: "script and arguments"))
    var positionals: [String] = []
}
