/// The host of a URL or of a grant: a name of the DNS, or an address.
package enum WebHost: Sendable, Hashable, CustomStringConvertible {
    /// In lower case, without a dot at its end.
    case name(String)
    case address(IPAddress)

    /// Reads a host as it stands in a URL, IPv6 in brackets.
    ///
    /// Stricter than a URL's grammar, so that no two parsers, and no resolver, can see different hosts in it.
    package init(parsing text: Substring) throws(WebAddressError) {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let inner = text.dropFirst().dropLast()
            guard inner.contains(":"), let address = IPAddress(inner) else {
                throw WebAddressError("the host \(Self.shown(text)) is no IPv6 address")
            }
            self = .address(address)
            return
        }
        var name = text.lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        guard !name.isEmpty else { throw WebAddressError("it names no host") }
        guard name.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw WebAddressError("the host \(Self.shown(text)) is not ASCII: write it in its xn-- form")
        }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard name.utf8.count <= 253, labels.allSatisfy(Self.isLabel) else {
            throw WebAddressError("the host \(Self.shown(text)) is no host name")
        }
        // A last label that begins like a number makes it an IPv4 address (WHATWG URL, "ends in a number"), of which only
        // the plain form is accepted.
        let last = labels.last ?? ""
        guard last.utf8.allSatisfy({ (48...57).contains($0) }) || last.hasPrefix("0x") else {
            self = .name(name)
            return
        }
        guard let address = IPAddress(name) else {
            throw WebAddressError(
                "the host \(Self.shown(text)) is no address: write IPv4 as four decimal numbers, such as 192.0.2.1",
                isDisguise: true)
        }
        self = .address(address)
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (97...122).contains(byte) || byte == 45 || byte == 95
            }
    }

    /// Of a wrong host no more than a line.
    private static func shown(_ text: Substring) -> String {
        let start = String(text.unicodeScalars.prefix(80).map { $0.properties.isWhitespace ? " " : Character($0) })
        return "'\(start)'"
    }

    /// As it stands in a URL.
    package var description: String {
        switch self {
        case .name(let name): name
        case .address(let address): address.inURL
        }
    }

    /// Whether what is sent to it stays on this machine: a loopback address, or the name that stands for one (RFC 6761).
    package var isThisMachine: Bool {
        switch self {
        case .name(let name): name == "localhost"
        case .address(let address): address.kind == .loopback
        }
    }
}
