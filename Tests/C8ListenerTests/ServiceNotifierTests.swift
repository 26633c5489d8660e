import Glibc
import Testing

@testable import C8Listener

@Suite struct ServiceNotifierTests {
    /// What a service manager does: a socket for datagrams, and what came.
    private final class Manager {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)

        init(name: String) {
            var patience = timeval(tv_sec: 10, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            var bytes = Array(name.utf8)
            bytes[0] = name.hasPrefix("@") ? 0 : bytes[0]
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
            _ = withUnsafeBytes(of: &address) {
                bind(descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(2 + bytes.count))
            }
        }

        deinit { close(descriptor) }

        func next() -> String {
            var buffer = [UInt8](repeating: 0, count: 1000)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            return String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        }
    }

    @Test(arguments: ["@c8run-test-\(getpid())", "/tmp/c8run-test-\(getpid()).socket"])
    func theManagerHearsHowFarItIs(_ name: String) throws {
        unlink(name)
        defer { unlink(name) }
        let manager = Manager(name: name)
        let environment = ["NOTIFY_SOCKET": name, "WATCHDOG_USEC": "2000000"]
        let notifier = try #require(ServiceNotifier { environment[$0] })
        #expect(notifier.watchdog == .seconds(1))
        notifier.ready()
        notifier.status("2 jobs run")
        notifier.alive()
        notifier.stopping()
        #expect((0..<4).map { _ in manager.next() } == ["READY=1", "STATUS=2 jobs run", "WATCHDOG=1", "STOPPING=1"])
    }

    @Test(
        arguments: [
            [:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "/nonexistent/socket"], ["NOTIFY_SOCKET": "relative"],
            ["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 200)],
        ] as [[String: String]])
    func withoutAManagerThereIsNobodyToTell(_ environment: [String: String]) {
        #expect(ServiceNotifier { environment[$0] } == nil)
    }

    @Test func aWatchdogForAnotherProcessIsNotMeant() throws {
        let name = "@c8run-test-other-\(getpid())"
        let manager = Manager(name: name)
        let environment = ["NOTIFY_SOCKET": name, "WATCHDOG_USEC": "2000000", "WATCHDOG_PID": "1"]
        let notifier = try #require(ServiceNotifier { environment[$0] })
        #expect(notifier.watchdog == nil)
        notifier.ready()
        #expect(manager.next() == "READY=1")
    }
}
