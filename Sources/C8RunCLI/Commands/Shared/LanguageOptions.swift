import ArgumentParser

/// The option for the language of help and advice. `Main` reads it before all others.
struct LanguageOptions: ParsableArguments {
    @Option(name: .customLong("lang"), parsing: .unconditional, help: ArgumentHelp(.language, valueName: "language"))
    var language: Language?
}
