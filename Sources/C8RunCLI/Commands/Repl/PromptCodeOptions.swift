import ArgumentParser

/// Code on the command line of `c8run repl`, for help and completions.
struct PromptCodeOptions: ParsableArguments {
    @Option(
        name: .customShort("e"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(.promptCode, valueName: "code"))
    var code: [String] = []
}
