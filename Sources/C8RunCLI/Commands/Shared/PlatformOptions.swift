import ArgumentParser

/// The options that say which platform is meant, shared by the commands that call it.
struct PlatformOptions: ParsableArguments {
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

    @Option(
        name: .customLong("bindings"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(.bindings, valueName: "file"), completion: .file(extensions: ["json"]))
    var bindings: [String] = []

    @Flag(name: .customLong("allow-insecure-http"), help: ArgumentHelp(.allowInsecureHTTP))
    var allowInsecureHTTP = false

    /// The options as the configuration loader takes them.
    var request: ConfigurationRequest {
        ConfigurationRequest(
            file: config, profile: profile, baseURL: baseURL, bindings: bindings, allowInsecureHTTP: allowInsecureHTTP)
    }
}
