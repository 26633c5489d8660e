import ArgumentParser

/// The options of `c8run run`. `RunOption.all` lists the same names for the rewriter.
struct RunOptions: ParsableArguments {
    @Option(
        name: .customShort("e"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Lua code to run instead of a script; may be repeated.", valueName: "code"))
    var code: [String] = []

    @Flag(name: .customLong("emulator"), help: "Start a stand-in for the platform in this process, and use it.")
    var emulator = false

    @Flag(name: .customLong("dry-run"), help: "Log operations that would change something instead of sending them.")
    var dryRun = false

    @Option(
        name: .customLong("allow-env"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Let the script read environment variables: all (--allow-env), or those listed (--allow-env=A,B).",
            valueName: "name,…"))
    var allowEnv: [EnvironmentGrant] = []

    @Flag(name: .customLong("allow-token"), help: "Let the script see the access token.")
    var allowToken = false

    @Flag(name: [.customShort("A"), .customLong("allow-all")], help: "Grant everything that can be granted.")
    var allowAll = false

    @Option(
        name: .customLong("max-memory"), parsing: .unconditional,
        help: ArgumentHelp("Memory for the script, such as 64MiB (default: 512MiB).", valueName: "size"))
    var maxMemory: ByteSizeArgument?

    @Option(
        name: .customLong("timeout"), parsing: .unconditional,
        help: ArgumentHelp("Time for the script, such as 90s or 5m (default: no limit).", valueName: "duration"))
    var timeout: DurationArgument?

    @Option(
        name: .customLong("max-instructions"), parsing: .unconditional,
        help: ArgumentHelp("Lua instructions for the script (default: no limit).", valueName: "n"))
    var maxInstructions: Int64?

    /// The variables that the script may read; nil for none.
    var environmentGrant: EnvironmentGrant? { allowAll ? .all : EnvironmentGrant.union(allowEnv) }

    func validate() throws {
        if let maxInstructions, maxInstructions < 1 {
            throw ValidationError("--max-instructions must be 1 or more")
        }
    }
}
