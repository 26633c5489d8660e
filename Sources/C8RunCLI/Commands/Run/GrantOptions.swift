import ArgumentParser

/// The options of `c8run run` that open something to the script, for help and completions.
struct GrantOptions: ParsableArguments {
    @Option(
        name: .customLong("allow-read"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Let the script read files: all, or those below the paths listed.", valueName: "path,…"))
    var allowRead: [String] = []

    @Option(
        name: .customLong("allow-write"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Let the script write files: all, or those below the paths listed.", valueName: "path,…"))
    var allowWrite: [String] = []

    @Option(
        name: .customLong("allow-net"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Let the script call other hosts: all public ones, or those listed: a name, an address, *.example.com.",
            valueName: "host[:port],…"))
    var allowNet: [String] = []

    @Option(
        name: .customLong("allow-env"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Let the script read environment variables: all, or those listed.", valueName: "name,…"))
    var allowEnv: [String] = []

    @Option(
        name: .customLong("deny-read"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Keep files closed that a grant opens.", valueName: "path,…"))
    var denyRead: [String] = []

    @Option(
        name: .customLong("deny-write"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Keep files from being written that a grant opens.", valueName: "path,…"))
    var denyWrite: [String] = []

    @Option(
        name: .customLong("deny-net"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Keep hosts closed that a grant opens.", valueName: "host[:port],…"))
    var denyNet: [String] = []

    @Option(
        name: .customLong("deny-env"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Keep environment variables closed that a grant opens.", valueName: "name,…"))
    var denyEnv: [String] = []

    @Flag(name: .customLong("allow-token"), help: "Let the script see the access token.")
    var allowToken = false

    @Flag(name: [.customShort("A"), .customLong("allow-all")], help: "Grant everything that can be granted.")
    var allowAll = false

    @Option(
        name: .customLong("permissions"), parsing: .unconditional,
        help: ArgumentHelp("A TOML file with further grants.", valueName: "file"))
    var permissions: String?

    @Flag(
        name: .customLong("require-kernel-sandbox"),
        help: "Refuse to run where the kernel cannot confine the process.")
    var requireKernelSandbox = false
}
