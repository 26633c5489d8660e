import Glibc

/// Tells a service manager that started this process how far it is, by the datagrams of sd_notify(3).
///
/// The socket is connected by ``init(environment:)``, which comes before the kernel's wall.
package final class ServiceNotifier: Sendable {
    private let descriptor: Int32
    /// How often the manager wants to hear ``alive()``; nil where it does not.
    package let watchdog: Duration?

    /// - Parameter environment: looks a variable up.
    /// - Returns: nil where nobody listens: the process was started by hand.
    package init?(environment: (String) -> String?) {
        guard let place = environment("NOTIFY_SOCKET"), let descriptor = Self.connected(to: place) else { return nil }
        self.descriptor = descriptor
        let isForThis = environment("WATCHDOG_PID").map { Int32($0) == getpid() } ?? true
        let microseconds = environment("WATCHDOG_USEC").flatMap(Int64.init) ?? 0
        // As often again as it must be.
        watchdog = isForThis && microseconds > 0 ? .microseconds(microseconds / 2) : nil
    }

    deinit { close(descriptor) }

    package func ready() { send("READY=1") }
    package func stopping() { send("STOPPING=1") }
    package func alive() { send("WATCHDOG=1") }
    /// One line for `systemctl status`.
    package func status(_ text: String) { send("STATUS=\(text)") }

    /// A manager that takes nothing is not waited for.
    private func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }

    /// A path, or with `@` a name outside of the file system (unix(7)).
    private static func connected(to place: String) -> Int32? {
        var path = Array(place.utf8)
        var name = sockaddr_un()
        guard path.count > 1, path[0] == UInt8(ascii: "@") || path[0] == UInt8(ascii: "/"),
            path.count < MemoryLayout.size(ofValue: name.sun_path)
        else { return nil }
        if path[0] == UInt8(ascii: "@") { path[0] = 0 }
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        let length = socklen_t(MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2) + socklen_t(path.count)
        let status = withUnsafeBytes(of: &name) {
            connect(descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), length)
        }
        guard status == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}
