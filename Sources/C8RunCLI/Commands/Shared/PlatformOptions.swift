import ArgumentParser

/// The options that say which platform is meant, shared by the commands that call it.
struct PlatformOptions: ParsableArguments {
    @Option(
        name: .customLong("profile"), parsing: .unconditional, help: "The profile of the configuration file to use.")
    var profile: String?

    @Option(
        name: .customLong("config"), parsing: .unconditional,
        help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config: String?

    @Option(
        name: .customLong("base-url"), parsing: .unconditional,
        help: ArgumentHelp("The platform's address, instead of the profile's.", valueName: "url"))
    var baseURL: String?

    @Option(
        name: .customLong("bindings"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A bindings file, over the profile's; may be repeated.", valueName: "file"))
    var bindings: [String] = []

    @Flag(name: .customLong("allow-insecure-http"), help: "Accept plain http to hosts other than this machine.")
    var allowInsecureHTTP = false

    /// The options as the configuration loader takes them.
    var request: ConfigurationRequest {
        ConfigurationRequest(
            file: config, profile: profile, baseURL: baseURL, bindings: bindings, allowInsecureHTTP: allowInsecureHTTP)
    }
}
