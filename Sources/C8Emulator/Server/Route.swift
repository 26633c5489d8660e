import C8Platform

/// What a request asks for.
enum Route: Sendable, Hashable {
    /// The documented get-token.
    case getToken
    /// One of the emulator's operations, with the order number that its path holds, if any.
    case operation(OperationID, orderNo: String?)

    /// The operation to count the request under.
    var operation: OperationID {
        switch self {
        case .getToken: "auth.get_token"
        case .operation(let id, _): id
        }
    }
}
