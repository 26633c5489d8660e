import C8Flow
package import LuaRuntime

/// A flow cannot go on, with a message that says what to do.
package struct FlowError: Error, Sendable, CustomStringConvertible, LuaErrorConvertible {
    enum Kind: String {
        case invalid
        case config
        case network
        case limit
        case timeout
        case cancelled
    }

    let kind: Kind
    let message: String

    init(kind: Kind, message: String) {
        self.kind = kind
        self.message = message
    }

    /// The script's view of an error of the journal or of the steps.
    init(_ error: any Error) {
        switch error {
        case let error as FlowError: self = error
        case let error as FlowJournalError:
            switch error {
            case .storage, .damaged: self.init(kind: .config, message: error.description)
            case .unreachable: self.init(kind: .network, message: error.description)
            case .lostOwnership: self.init(kind: .cancelled, message: error.description)
            case .held, .otherInput, .unknownFlow, .unknownStep, .notOpen:
                self.init(kind: .invalid, message: error.description)
            }
        case let error as FlowLimitError: self.init(kind: .limit, message: "\(error)")
        case is CancellationError: self.init(kind: .cancelled, message: "cancelled")
        default: self.init(kind: .invalid, message: "\(error)")
        }
    }

    package var description: String { message }
    package var luaMessage: String { message }
    package var luaFields: [(String, LuaValue)] { [("kind", .string(kind.rawValue))] }
}
