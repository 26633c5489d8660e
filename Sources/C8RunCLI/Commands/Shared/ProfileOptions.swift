import ArgumentParser

/// The options that say which application of which platform is meant, without what binds operations to it.
struct ProfileOptions: ParsableArguments {
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
