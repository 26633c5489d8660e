import ArgumentParser

/// `c8run repl`, as the argument parser knows it: for help and completions. `CommandLineReader` reads its command lines.
struct ReplCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repl",
        abstract: "Try Lua and the platform line by line.",
        usage: "c8run repl [options]",
        discussion: """
            What is typed is run at once, with the grants and limits of the options, as a script would be; --timeout \
            bounds each line. Results are printed, and the last one is _. Tab completes, Control-R searches the history, \
            Control-C stops the line that runs, Control-D ends. :help tells the rest. Input that is no terminal is run \
            without a prompt, up to the first error.
            """)

    @OptionGroup(title: "Script")
    var options: RunOptions

    @OptionGroup(title: "Grants")
    var grants: GrantOptions

    @OptionGroup(title: "Platform")
    var platform: PlatformOptions

    @OptionGroup(title: "Output")
    var output: OutputOptions
}
