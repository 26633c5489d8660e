import Glibc

/// A server that a test plays itself, call by call.
final class RawListener: Sendable {
    struct Failure: Error { let number: Int32 }

    let port: Int
    private let listener: Int32

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                if bind(listener, address, length) != 0 || listen(listener, 512) != 0 { return Int32(-1) }
                return getsockname(listener, address, &length)
            }
        }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        guard result == 0 else { throw Failure(number: errno) }
    }

    deinit { close(listener) }

    /// So many connections, each with the head of a request read; blocks meanwhile.
    func requests(_ count: Int) throws -> [Int32] {
        let end = Array("\r\n\r\n".utf8)
        return try (0..<count).map { _ in
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { throw Failure(number: errno) }
            var text: [UInt8] = []
            var byte: UInt8 = 0
            while text.suffix(4) != end[...] {
                guard recv(connection, &byte, 1, 0) == 1 else { throw Failure(number: errno) }
                text.append(byte)
            }
            return connection
        }
    }

    static func answer(_ connection: Int32, _ text: String) {
        let bytes = Array(text.utf8)
        _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
}
