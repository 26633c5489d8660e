import Glibc

/// An IPv4 or IPv6 address, in one form for each: an IPv4 address inside an IPv6 one (`::ffff:10.0.0.1`, RFC 4291 §2.5.5.2)
/// is the IPv4 address, because that is where a connection to it goes.
package struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// Four or sixteen, in network order.
    package let bytes: [UInt8]

    /// Reads four decimal numbers without leading zeros, or the text forms of RFC 4291 §2.2 without a zone. The other
    /// spellings that C libraries know (`127.1`, `0x7f000001`, `017700000001`) are no address here.
    package init?(_ text: some StringProtocol) {
        let text = String(text)
        // The C functions end at a NUL.
        guard text.utf8.allSatisfy({ $0 != 0 }) else { return nil }
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 {
            self.bytes = Array(bytes[..<4])
        } else if inet_pton(AF_INET6, text, &bytes) == 1 {
            let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xff && bytes[11] == 0xff
            self.bytes = isMapped ? Array(bytes[12...]) : bytes
        } else {
            return nil
        }
    }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var isVersion4: Bool { bytes.count == 4 }

    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(isVersion4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count)) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// As it stands in a URL, where IPv6 has brackets (RFC 3986 §3.2.2).
    package var inURL: String { isVersion4 ? description : "[\(description)]" }

    /// Whether the first bits are those of another address.
    func begins(with prefix: [UInt8], bits: Int) -> Bool {
        let whole = bits / 8
        guard bytes.count >= whole, prefix.count >= whole, bytes[..<whole] == prefix[..<whole] else { return false }
        let rest = bits % 8
        guard rest > 0 else { return true }
        guard bytes.count > whole, prefix.count > whole else { return false }
        return (bytes[whole] ^ prefix[whole]) >> UInt8(8 - rest) == 0
    }
}
