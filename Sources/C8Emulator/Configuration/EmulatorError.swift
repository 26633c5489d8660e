/// Why the emulator did not start.
package struct EmulatorError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Kind: Sendable, Hashable {
        /// A value of the configuration makes no sense.
        case invalidConfiguration
        /// Another program listens on the port.
        case portInUse
        /// The address cannot be listened on for another reason.
        case cannotListen
        /// A defect of this program: its own bindings do not load.
        case brokenBindings
    }

    /// What sort of failure this is.
    package let kind: Kind
    /// What happened and what to do.
    package let message: String

    /// The message.
    package var description: String {
        message
    }

    static func invalid(_ message: String) -> EmulatorError {
        EmulatorError(kind: .invalidConfiguration, message: "the emulator cannot start: " + message)
    }

    static func portInUse(host: String, port: Int) -> EmulatorError {
        EmulatorError(
            kind: .portInUse,
            message: "port \(port) of \(host) is in use by another program: "
                + "choose another one with --port, or --port 0 for any free one")
    }

    static func cannotListen(host: String, port: Int, cause: String) -> EmulatorError {
        EmulatorError(kind: .cannotListen, message: "the emulator cannot listen on \(host), port \(port): \(cause)")
    }
}
