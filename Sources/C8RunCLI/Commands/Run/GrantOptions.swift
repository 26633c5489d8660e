import ArgumentParser

/// The options of `c8run run` that open something to the script, for help and completions.
struct GrantOptions: ParsableArguments {
    @Option(
        name: .customLong("allow-read"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(.allowRead, valueName: "path,…"))
    var allowRead: [String] = []

    @Option(
        name: .customLong("allow-write"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(.allowWrite, valueName: "path,…"))
    var allowWrite: [String] = []

    @Option(
        name: .customLong("allow-net"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            .allowNet,
            valueName: "host[:port],…"))
    var allowNet: [String] = []

    @Option(
        name: .customLong("allow-env"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(.allowEnv, valueName: "name,…"))
    var allowEnv: [String] = []

    @Option(
        name: .customLong("deny-read"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(.denyRead, valueName: "path,…"))
    var denyRead: [String] = []

    @Option(
        name: .customLong("deny-write"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(.denyWrite, valueName: "path,…"))
    var denyWrite: [String] = []

    @Option(
        name: .customLong("deny-net"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(.denyNet, valueName: "host[:port],…"))
    var denyNet: [String] = []

    @Option(
        name: .customLong("deny-env"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(.denyEnv, valueName: "name,…"))
    var denyEnv: [String] = []

    @Flag(name: .customLong("allow-token"), help: ArgumentHelp(.allowToken))
    var allowToken = false

    @Flag(name: [.customShort("A"), .customLong("allow-all")], help: ArgumentHelp(.allowAll))
    var allowAll = false

    @Option(
        name: .customLong("permissions"), parsing: .unconditional,
        help: ArgumentHelp(.permissions, valueName: "file"), completion: .file(extensions: ["toml"]))
    var permissions: String?
}
