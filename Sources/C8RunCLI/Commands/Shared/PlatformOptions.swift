import ArgumentParser

/// The options that say which platform is meant, shared by the commands that call it.
struct PlatformOptions: ParsableArguments {
    @OptionGroup var application: ProfileOptions

    @Option(
        name: .customLong("bindings"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(.bindings, valueName: "file"), completion: .file(extensions: ["json"]))
    var bindings: [String] = []

    /// The options as the configuration loader takes them.
    var request: ConfigurationRequest {
        ConfigurationRequest(
            file: application.config, profile: application.profile, baseURL: application.baseURL, bindings: bindings,
            allowInsecureHTTP: application.allowInsecureHTTP)
    }
}
