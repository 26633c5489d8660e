/// What the command line says about configuration, before anything is read.
struct ConfigurationRequest: Sendable, Equatable {
    /// `--config`.
    var file: String?
    /// `--profile`.
    var profile: String?
    /// `--base-url`.
    var baseURL: String?
    /// `--bindings`, in order; the last one wins where two bind the same operation.
    var bindings: [String]
    /// `--allow-insecure-http`.
    var allowInsecureHTTP: Bool

    init(
        file: String? = nil, profile: String? = nil, baseURL: String? = nil, bindings: [String] = [],
        allowInsecureHTTP: Bool = false
    ) {
        self.file = file
        self.profile = profile
        self.baseURL = baseURL
        self.bindings = bindings
        self.allowInsecureHTTP = allowInsecureHTTP
    }
}
