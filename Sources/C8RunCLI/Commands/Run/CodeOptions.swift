import ArgumentParser

/// Code on the command line of `c8run run`, for help and completions.
struct CodeOptions: ParsableArguments {
    @Option(
        name: .customShort("e"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(.code, valueName: "code"))
    var code: [String] = []
}
