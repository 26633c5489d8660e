import ArgumentParser

/// Which platform and which queue a submission is for; bindings are the worker's.
struct SubmitPlatformOptions: ParsableArguments {
    @Option(
        name: .customLong("profile"), parsing: .unconditional, help: ArgumentHelp(.profile),
        completion: ProfileCompletion.profiles)
    var profile: String?

    @Option(
        name: .customLong("config"), parsing: .unconditional,
        help: ArgumentHelp(.config, valueName: "file"), completion: .file(extensions: ["toml"]))
    var config: String?

    @Option(
        name: .customLong("base-url"), parsing: .unconditional,
        help: ArgumentHelp(.baseURL, valueName: "url"))
    var baseURL: String?

    @Flag(name: .customLong("allow-insecure-http"), help: ArgumentHelp(.allowInsecureHTTP))
    var allowInsecureHTTP = false
}
