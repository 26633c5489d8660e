import Glibc

/// A socket that listens.
enum ListenerSocket {
    /// Opens it; the caller closes the descriptor.
    static func open(_ address: ListenerAddress) throws(ListenerError) -> (descriptor: Int32, port: UInt16) {
        let family = address.isSix ? AF_INET6 : AF_INET
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = Glibc.socket(family, type, 0)
        guard descriptor >= 0 else { throw .cannotListen(address, errno) }
        // A worker that was started again need not wait until the connections of the last one are forgotten.
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bound(descriptor, address) == 0, listen(descriptor, 16) == 0, let port = port(of: descriptor) else {
            let number = errno
            close(descriptor)
            throw .cannotListen(address, number)
        }
        return (descriptor, port)
    }

    private static func bound(_ descriptor: Int32, _ address: ListenerAddress) -> Int32 {
        if address.isSix {
            var place = sockaddr_in6()
            place.sin6_family = sa_family_t(AF_INET6)
            place.sin6_port = address.port.bigEndian
            inet_pton(AF_INET6, address.host, &place.sin6_addr)
            return withUnsafeBytes(of: &place) { bind(descriptor, name($0), socklen_t($0.count)) }
        }
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = address.port.bigEndian
        inet_pton(AF_INET, address.host, &place.sin_addr)
        return withUnsafeBytes(of: &place) { bind(descriptor, name($0), socklen_t($0.count)) }
    }

    private static func name(_ bytes: UnsafeRawBufferPointer) -> UnsafePointer<sockaddr>? {
        bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
    }

    /// The port that it has, which the kernel may have chosen. It is at the same place for both families.
    private static func port(of descriptor: Int32) -> UInt16? {
        var place = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let status = withUnsafeMutableBytes(of: &place) { bytes in
            getsockname(descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
        }
        return status == 0 ? UInt16(bigEndian: place.sin6_port) : nil
    }
}
