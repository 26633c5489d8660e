/// A secret of another system that a profile names: where it comes from, and the one host that gets it.
struct HostSecretReference: Sendable, Equatable {
    /// `erp.example.com` or `erp.example.com:8443`.
    var host: String
    /// Not read before a script sends it.
    var secret: Setting<SecretReference>
}
