/// What a network grant names: a host, the hosts below a name, an address or a range of them; perhaps one port of it.
///
///     erp.example.com   erp.example.com:8443   *.example.com   10.1.2.3:80   10.0.0.0/8   [::1]:8080   ::1
package struct HostPattern: Sendable, Hashable, CustomStringConvertible {
    package enum Place: Sendable, Hashable {
        case host(WebHost)
        /// All names that end so; with its leading dot.
        case below(String)
        case range(IPAddress, bits: Int)
    }

    package let place: Place
    /// Nil for every port.
    package let port: UInt16?
    /// As it was written.
    package let description: String

    package init(parsing text: String) throws(WebAddressError) {
        description = text
        if text.contains("://") {
            throw WebAddressError("it is a URL: write its host, with a port if only that is meant")
        }
        if text == "*" { throw WebAddressError("for every host, write the option without a value") }
        if text.contains(where: { $0 == "/" }) {
            (place, port) = try Self.range(text)
            return
        }
        // A bare IPv6 address has colons that belong to no port.
        if let address = IPAddress(text) {
            (place, port) = (.host(.address(address)), nil)
            return
        }
        let (name, port) = try Self.splitPort(text)
        self.port = port
        guard name.hasPrefix("*.") else {
            place = .host(try WebHost(parsing: name))
            return
        }
        guard case .name(let suffix) = try WebHost(parsing: name.dropFirst(2)) else {
            throw WebAddressError("*. stands before a name, not before an address")
        }
        place = .below("." + suffix)
    }

    private static func splitPort(_ text: String) throws(WebAddressError) -> (Substring, UInt16?) {
        let bracket = text.lastIndex(of: "]") ?? text.startIndex
        guard let colon = text[bracket...].firstIndex(of: ":") else { return (text[...], nil) }
        guard let port = WebAddress.port(text[text.index(after: colon)...]) else {
            throw WebAddressError("its port is not a number from 1 to 65535")
        }
        return (text[..<colon], port)
    }

    private static func range(_ text: String) throws(WebAddressError) -> (Place, UInt16?) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let (length, port) = try splitPort(String(parts[1]))
        let inner = parts[0].hasPrefix("[") && parts[0].hasSuffix("]") ? parts[0].dropFirst().dropLast() : parts[0]
        guard let address = IPAddress(inner), length.utf8.allSatisfy({ (48...57).contains($0) }),
            let bits = Int(length),
            bits <= address.bytes.count * 8
        else { throw WebAddressError("it is no range of addresses, such as 10.0.0.0/8") }
        return (.range(address, bits: bits), port)
    }

    /// Whether a URL's host and port are meant, by what they are called.
    package func names(_ host: WebHost, port: UInt16) -> Bool {
        guard self.port == nil || self.port == port else { return false }
        switch (place, host) {
        case (.host(let own), _) where own == host: return true
        case (.below(let suffix), .name(let name)): return name.hasSuffix(suffix)
        case (.range(let base, let bits), .address(let address)):
            return address.isVersion4 == base.isVersion4 && address.begins(with: base.bytes, bits: bits)
        default: return false
        }
    }

    /// Whether an address and port are meant; `localhost` means this machine's own (RFC 6761 §6.3).
    func names(_ address: IPAddress, port: UInt16) -> Bool {
        if place == .host(.name("localhost")), address.kind == .loopback {
            return self.port == nil || self.port == port
        }
        return names(.address(address), port: port)
    }
}
