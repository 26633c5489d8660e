import Glibc
import Synchronization

/// Stands between a client and a server on the loopback, and loses answers: the server has done what it was asked for, and the
/// client's connection breaks.
final class CuttingProxy: Sendable {
    struct Failure: Error {}

    let port: UInt16
    private let target: UInt16
    private let state = Mutex((isCutting: false, cuts: 0))

    init(to target: UInt16) throws {
        self.target = target
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.address(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 16) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard isListening else { throw Failure() }
        port = UInt16(bigEndian: address.sin_port)
        Self.onThread { [weak self] in
            while let self {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                serve(client)
            }
        }
    }

    /// How many answers were lost.
    var cuts: Int { state.withLock { $0.cuts } }

    func cutNextAnswer() { state.withLock { $0.isCutting = true } }

    private func serve(_ client: Int32) {
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.address(target)
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        Self.onThread {
            Self.copy(from: client, to: server) { true }
        }
        Self.onThread { [weak self] in
            Self.copy(from: server, to: client) {
                self?.state.withLock { state in
                    guard state.isCutting else { return true }
                    state = (false, state.cuts + 1)
                    return false
                } ?? false
            }
        }
    }

    /// Until one side ends, or what has come may not pass.
    private static func copy(from source: Int32, to target: Int32, _ mayPass: () -> Bool) {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(source, &bytes, bytes.count)
            guard count > 0, mayPass(), send(target, bytes, count, Int32(MSG_NOSIGNAL)) == count else { break }
        }
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(target, Int32(SHUT_RDWR))
    }

    private static func address(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }

    private static func onThread(_ body: @escaping @Sendable () -> Void) {
        let context = Unmanaged.passRetained(ThreadBody(body))
        var thread = pthread_t()
        _ = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().body() }
                return nil
            }, context.toOpaque())
    }

    private final class ThreadBody: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}
