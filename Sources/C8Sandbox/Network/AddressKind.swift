/// What an address stands for, after the registries of special-purpose addresses (RFC 6890 and its updates).
package enum AddressKind: String, Sendable, Hashable, CaseIterable {
    /// On the public internet.
    case global = "a public"
    case loopback = "a loopback"
    case `private` = "a private"
    case linkLocal = "a link-local"
    /// Where clouds hand out credentials to whoever asks.
    case metadata = "a metadata"
    /// Not for connections of this kind, or of no known meaning: unspecified, multicast, documentation, translation.
    case reserved = "a reserved"
}

extension IPAddress {
    /// What this address stands for. An address that carries another one is what that one is.
    package var kind: AddressKind {
        if Self.metadata.contains(self) { return .metadata }
        for rule in isVersion4 ? Self.version4Rules : Self.version6Rules
        where begins(with: rule.prefix, bits: rule.bits) {
            guard let offset = rule.carriesVersion4At else { return rule.kind }
            let carried = IPAddress(Array(bytes[offset..<offset + 4])).kind
            // A translator may lead anywhere; only what is certainly public is taken for public.
            return carried
        }
        // Of IPv6 only 2000::/3 has been given out for the internet.
        return isVersion4 || begins(with: [0x20], bits: 3) ? .global : .reserved
    }

    private struct Rule {
        let prefix: [UInt8]
        let bits: Int
        let kind: AddressKind
        var carriesVersion4At: Int?

        init(_ prefix: [UInt8], _ bits: Int, _ kind: AddressKind, carriesVersion4At offset: Int? = nil) {
            self.prefix = prefix
            self.bits = bits
            self.kind = kind
            carriesVersion4At = offset
        }
    }

    /// Outside the ranges below, or worth their own name: AWS, Google, Azure, Oracle and most others; Alibaba; Azure's wire
    /// server; Oracle's other; AWS over IPv6; Google over IPv6.
    private static let metadata: Set<IPAddress> = Set(
        [
            "169.254.169.254", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254",
        ].compactMap { IPAddress($0) })

    private static let version4Rules = [
        Rule([0], 8, .reserved), Rule([10], 8, .private), Rule([100, 64], 10, .private), Rule([127], 8, .loopback),
        Rule([169, 254], 16, .linkLocal), Rule([172, 16], 12, .private), Rule([192, 0, 0], 24, .reserved),
        Rule([192, 0, 2], 24, .reserved), Rule([192, 88, 99], 24, .reserved), Rule([192, 168], 16, .private),
        Rule([198, 18], 15, .private), Rule([198, 51, 100], 24, .reserved), Rule([203, 0, 113], 24, .reserved),
        Rule([224], 3, .reserved),
    ]

    private static let version6Rules = [
        Rule([UInt8](repeating: 0, count: 15) + [1], 128, .loopback),
        Rule([UInt8](repeating: 0, count: 16), 128, .reserved),
        // IPv4-compatible (RFC 4291 §2.5.5.1), translated (RFC 6052 §2.1), 6to4 (RFC 3056 §2).
        Rule([UInt8](repeating: 0, count: 12), 96, .reserved, carriesVersion4At: 12),
        Rule([0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], 96, .reserved, carriesVersion4At: 12),
        Rule([0x20, 0x02], 16, .reserved, carriesVersion4At: 2),
        Rule([0x20, 0x01, 0], 23, .reserved), Rule([0x20, 0x01, 0x0d, 0xb8], 32, .reserved),
        Rule([0x3f, 0xff, 0], 20, .reserved), Rule([0xfc], 7, .private), Rule([0xfe, 0x80], 10, .linkLocal),
        Rule([0xfe, 0xc0], 10, .private), Rule([0xff], 8, .reserved),
    ]
}
