import ArgumentParser

/// What a script is given besides its arguments: for help and completions. `RunOption.all` reads it.
struct InputOptions: ParsableArguments {
    @Option(
        name: .customLong("input"), parsing: .unconditional,
        help: ArgumentHelp(.input, valueName: "json"))
    var input: String?
}
