/// Which hosts a script may talk to: none, until the operator says so.
package struct NetworkGrants: Sendable {
    package struct Scope: Sendable, Hashable {
        /// Every host on the public internet. Addresses of this machine and its surroundings must be named.
        package var everywhere: Bool
        package var patterns: [HostPattern]

        package static let none = Scope()
        package static let everywhere = Scope(everywhere: true)

        package init(everywhere: Bool = false, patterns: [HostPattern] = []) {
            self.everywhere = everywhere
            self.patterns = patterns
        }
    }

    package var allow: Scope
    /// Wins over what is allowed.
    package var deny: Scope
    /// Grants that bound these: they must allow it, too.
    package var ceilings: [NetworkGrants] = []

    package init(allow: Scope = .none, deny: Scope = .none) {
        self.allow = allow
        self.deny = deny
    }

    /// Decides whether the host of a URL may be asked at all, before its name is resolved.
    package func check(_ address: WebAddress) throws(SandboxDenial) {
        try checkHere(address)
        for ceiling in ceilings where (try? ceiling.check(address)) == nil {
            throw SandboxDenial(
                wanted: "connect to \(address.endpoint)",
                remedy: SandboxDenial.beyondCeiling("--allow-net=\(address.endpoint)"))
        }
    }

    /// Decides whether an address may be dialled, which the host of a URL leads to, or is.
    package func check(_ literal: IPAddress, of address: WebAddress) throws(SandboxDenial) {
        try checkHere(literal, of: address)
        for ceiling in ceilings where (try? ceiling.check(literal, of: address)) == nil {
            throw SandboxDenial(
                wanted: "connect to \(address.endpoint)"
                    + (address.host == .address(literal) ? "" : " at \(literal)"),
                remedy: SandboxDenial.beyondCeiling("--allow-net=\(literal.inURL):\(address.port)"))
        }
    }

    private func checkHere(_ address: WebAddress) throws(SandboxDenial) {
        let wanted = "connect to \(address.endpoint)"
        if deny.everywhere { throw SandboxDenial(wanted: wanted, remedy: "--deny-net forbids it, whatever is allowed") }
        if let pattern = deny.patterns.first(where: { $0.names(address.host, port: address.port) }) {
            throw SandboxDenial(wanted: wanted, remedy: "--deny-net=\(pattern) forbids it")
        }
        if case .address(let literal) = address.host { return try checkHere(literal, of: address) }
        guard allow.everywhere || allow.patterns.contains(where: { $0.names(address.host, port: address.port) }) else {
            throw ungranted(address)
        }
    }

    private func checkHere(_ literal: IPAddress, of address: WebAddress) throws(SandboxDenial) {
        let isHost = address.host == .address(literal)
        let wanted = "connect to \(address.endpoint)" + (isHost ? "" : " at \(literal)")
        if let pattern = deny.patterns.first(where: { $0.names(literal, port: address.port) }) {
            throw SandboxDenial(wanted: wanted, remedy: "--deny-net=\(pattern) forbids it")
        }
        if allow.patterns.contains(where: { $0.names(literal, port: address.port) }) { return }
        let kind = literal.kind
        if kind != .global {
            let isOpen = allow.everywhere || !isHost
            throw SandboxDenial(
                wanted: wanted,
                remedy: isOpen
                    ? "it is \(kind.rawValue) address, which only a grant that names it opens: run again with "
                        + "--allow-net=\(literal.inURL):\(address.port) as well"
                    : "run again with --allow-net=\(address.endpoint) to allow it")
        }
        if isHost, !allow.everywhere { throw ungranted(address) }
    }

    private func ungranted(_ address: WebAddress) -> SandboxDenial {
        SandboxDenial(
            wanted: "connect to \(address.endpoint)",
            remedy: "run again with --allow-net=\(address.endpoint) to allow it")
    }
}
