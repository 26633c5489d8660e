import Dispatch
import Glibc
import Synchronization

/// Looks up the addresses of a host name.
package struct HostResolver: Sendable {
    /// Throws no error of its own: an empty list is a name without addresses.
    package typealias Lookup = @Sendable (_ host: String) async throws(CancellationError) -> [String]

    private let lookup: Lookup

    package init(_ lookup: @escaping Lookup) {
        self.lookup = lookup
    }

    /// The addresses in the order in which they should be tried (RFC 6724), each as numbers.
    package func addresses(of host: String) async throws(CancellationError) -> [String] { try await lookup(host) }

    /// The system's resolver: `/etc/hosts`, DNS, and whatever else this machine is set up for.
    package static let system = HostResolver { host async throws(CancellationError) in
        let answer = Answer()
        DispatchQueue.global(qos: .userInitiated).async { answer.settle(ask(host)) }
        // The C function cannot be stopped: its thread goes on, its answer goes nowhere.
        let addresses = await withTaskCancellationHandler {
            await answer.value()
        } onCancel: {
            answer.settle(nil)
        }
        guard let addresses else { throw CancellationError() }
        return addresses
    }

    /// Settled once; nil stands for a caller who no longer waits.
    private final class Answer: Sendable {
        private struct State {
            var value: [String]??
            var waiter: CheckedContinuation<[String]?, Never>?
        }

        private let state = Mutex(State())

        func settle(_ value: [String]?) {
            let waiter = state.withLock { state -> CheckedContinuation<[String]?, Never>? in
                guard state.value == nil else { return nil }
                state.value = .some(value)
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume(returning: value)
        }

        func value() async -> [String]? {
            await withCheckedContinuation { continuation in
                let settled = state.withLock { state -> [String]?? in
                    if state.value == nil { state.waiter = continuation }
                    return state.value
                }
                if let settled { continuation.resume(returning: settled) }
            }
        }
    }

    private static func ask(_ host: String) -> [String] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: [String] = []
        var entry = list
        while let current = entry {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let result = getnameinfo(
                current.pointee.ai_addr, current.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0,
                NI_NUMERICHOST)
            if result == 0 {
                let address = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                if !addresses.contains(address) { addresses.append(address) }
            }
            entry = current.pointee.ai_next
        }
        return addresses
    }
}
