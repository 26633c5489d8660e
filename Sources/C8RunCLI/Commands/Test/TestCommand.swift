import ArgumentParser

/// `c8run test`, as the argument parser knows it: for help and completions. `CommandLineReader` reads its command lines.
struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run tests of scripts (*_test.lua).",
        usage: "c8run test [options] [<path> …]",
        discussion: """
            Runs the files named, and all *_test.lua below the folders named (default: the working directory). Each test has \
            an emulator of its own; no other platform is called unless --profile, --config or --base-url names one. Nothing on \
            this machine is open to tests unless it is granted, but for the folders of test.temp_dir. Exits with 65 where \
            a test fails or none is found.
            """)

    @OptionGroup(title: "Tests")
    var options: TestOptions

    @OptionGroup(title: "Grants")
    var grants: GrantOptions

    @OptionGroup(title: "Platform")
    var platform: PlatformOptions

    @OptionGroup(title: "Output")
    var output: OutputOptions

    @Argument(help: ArgumentHelp("Files and folders of tests.", valueName: "path"))
    var paths: [String] = []
}
