/// Where requests for one URL go, found out once.
final class PlainRoute: Sendable {
    let target: PlainTarget
    /// What connections are kept under.
    let authority: String
    /// Empty for hosts that are names.
    let addresses: [PlainAddress]

    init?(_ url: String) {
        guard let target = PlainTarget(url) else { return nil }
        self.target = target
        authority = String(target.authority)
        addresses = [PlainAddress(String(target.host), port: target.port)].compactMap(\.self)
    }
}
