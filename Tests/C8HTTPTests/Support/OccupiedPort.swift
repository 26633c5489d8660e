import Glibc

/// A port of this machine that is taken and answers nobody.
final class OccupiedPort: Sendable {
    enum Behaviour: Sendable {
        /// Bound, and not listening: connections are refused, and nobody else can get the port meanwhile.
        case refuses
        /// Listening with a full queue: the kernel drops what a client sends to connect.
        case ignores
    }

    struct Failure: Error { let number: Int32 }

    let port: Int
    private let sockets: [Int32]

    /// - Parameters:
    ///   - host: the last number of an address of this machine, 127.0.0.1 and so on.
    ///   - port: 0 for any that is free.
    init(_ behaviour: Behaviour, host: UInt32 = 1, port wanted: Int = 0) throws {
        var sockets: [Int32] = []
        do {
            let bound = try Self.makeSocket(&sockets)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = (INADDR_LOOPBACK - 1 + host).bigEndian
            address.sin_port = UInt16(wanted).bigEndian
            try Self.withBytes(of: &address) { bind(bound, $0, $1) }
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            try Self.withBytes(of: &address) { pointer, _ in getsockname(bound, pointer, &length) }
            if behaviour == .ignores {
                guard listen(bound, 0) == 0 else { throw Failure(number: errno) }
                // A queue of length 0 has room for one.
                for _ in 0..<2 {
                    let filler = try Self.makeSocket(&sockets, SOCK_NONBLOCK)
                    _ = try? Self.withBytes(of: &address) { connect(filler, $0, $1) }
                }
            }
            port = Int(UInt16(bigEndian: address.sin_port))
            self.sockets = sockets
        } catch {
            for socket in sockets { close(socket) }
            throw error
        }
    }

    deinit {
        for socket in sockets { close(socket) }
    }

    private static func makeSocket(_ sockets: inout [Int32], _ flags: __socket_type = SOCK_CLOEXEC) throws -> Int32 {
        let made = socket(AF_INET, Int32(SOCK_STREAM.rawValue | flags.rawValue), 0)
        guard made >= 0 else { throw Failure(number: errno) }
        sockets.append(made)
        return made
    }

    private static func withBytes(
        of address: inout sockaddr_in, _ call: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Int32
    ) throws {
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard result == 0 else { throw Failure(number: errno) }
    }
}
