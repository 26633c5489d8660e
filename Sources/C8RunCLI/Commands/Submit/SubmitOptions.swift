import ArgumentParser

/// The options of `c8run submit` for help and completions. `SubmitOption.all` and `RunOption.all` read them.
struct SubmitOptions: ParsableArguments {
    @Option(name: .customLong("id"), parsing: .unconditional, help: ArgumentHelp(.id, valueName: "id"))
    var id: String?

    @Option(name: .customLong("at"), parsing: .unconditional, help: ArgumentHelp(.at, valueName: "time"))
    var at: String?

    @Option(name: .customLong("cron"), parsing: .unconditional, help: ArgumentHelp(.cron, valueName: "expression"))
    var cron: String?

    @Option(name: .customLong("zone"), parsing: .unconditional, help: ArgumentHelp(.zone, valueName: "name"))
    var zone: String?

    @Option(name: .customLong("priority"), parsing: .unconditional, help: ArgumentHelp(.priority, valueName: "n"))
    var priority: String?

    @Option(name: .customLong("tag"), parsing: .unconditional, help: ArgumentHelp(.tag, valueName: "tag"))
    var tag: String?

    @Option(name: .customLong("attempts"), parsing: .unconditional, help: ArgumentHelp(.attempts, valueName: "n"))
    var attempts: String?

    @Flag(name: .customLong("json"), help: ArgumentHelp(.json))
    var json = false
}
