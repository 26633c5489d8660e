/// A secret of another system, such as the password of an ERP. Scripts get it as an opaque value, which they can put into
/// a `c8.http` request to its host and nowhere else.
public struct HostSecret: Sendable {
    /// The one host that gets it, perhaps with its one port: `erp.example.com`, `erp.example.com:8443`, `10.1.2.3`.
    public var host: String
    /// Gives the secret; asked when it is first sent.
    public var read: @Sendable () async throws -> String

    /// A secret for a host. A grant for the host is needed as well.
    public init(host: String, read: @escaping @Sendable () async throws -> String) {
        self.host = host
        self.read = read
    }
}
