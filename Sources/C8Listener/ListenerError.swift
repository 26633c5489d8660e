import Glibc

/// Why there is no listener.
package enum ListenerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was given is no address with a port.
    case badAddress(String)
    /// Other machines could reach it.
    case notLoopback(String)
    /// The address, and the value of errno.
    case cannotListen(ListenerAddress, Int32)

    package var description: String {
        switch self {
        case .badAddress(let text): "\"\(text)\" is no address to listen on: write it as 127.0.0.1:9400 or [::1]:9400"
        case .notLoopback(let text):
            "\"\(text)\" is not an address of this machine alone: listen on 127.0.0.1 or [::1], and let a server that checks "
                + "its visitors stand before it"
        case .cannotListen(let address, let number):
            "cannot listen on \(address): \(String(cString: strerror(number)))"
        }
    }
}
