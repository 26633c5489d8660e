import Glibc

/// Where a worker's listener is reached: an address of this machine's loopback and a port.
package struct ListenerAddress: Sendable, Hashable, CustomStringConvertible {
    /// `127.0.0.1`, another address of its network, or `::1`.
    package let host: String
    /// 0 for any that is free.
    package let port: UInt16

    /// Reads `127.0.0.1:9400`, `[::1]:9400`, `localhost:9400`, or a port alone.
    ///
    /// - Throws: ``ListenerError/notLoopback(_:)`` for every other address: what is served says who works here, and asks nobody
    ///   who they are.
    package init(parsing text: String) throws(ListenerError) {
        let colon = text.lastIndex(of: ":")
        let digits = colon.map { text[text.index(after: $0)...] } ?? text[...]
        guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = UInt16(digits)
        else { throw .badAddress(text) }
        self.port = port
        guard let colon else {
            host = "127.0.0.1"
            return
        }
        var name = String(text[..<colon])
        if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
        if name == "localhost" { name = "127.0.0.1" }
        guard Self.isAddress(name) else { throw .badAddress(text) }
        guard Self.isLoopback(name) else { throw .notLoopback(text) }
        host = name
    }

    /// The same with the port that was found free.
    init(_ address: ListenerAddress, port: UInt16) {
        host = address.host
        self.port = port
    }

    package var description: String { isSix ? "[\(host)]:\(port)" : "\(host):\(port)" }

    var isSix: Bool { host.contains(":") }

    private static func isAddress(_ name: String) -> Bool {
        var four = in_addr()
        var six = in6_addr()
        return inet_pton(AF_INET, name, &four) == 1 || inet_pton(AF_INET6, name, &six) == 1
    }

    private static func isLoopback(_ name: String) -> Bool {
        var four = in_addr()
        // 127.0.0.0/8 (RFC 1122 §3.2.1.3).
        if inet_pton(AF_INET, name, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
        return name == "::1"
    }
}
