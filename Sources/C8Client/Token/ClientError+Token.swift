import C8Platform

// The wording of what goes wrong with the slot and with the store.

extension ClientError {
    /// Others took the slot one after the other, and none of them left a token.
    static func tokenWaitEnded(_ record: TokenRecord?, slots: Int) -> ClientError {
        let holder = record?.holder.map { " (the last was \(Excerpt.text($0)))" } ?? ""
        return ClientError(
            kind: .timeout,
            message: "no access token: \(slots) processes in turn asked for one and left none\(holder); see what they "
                + "log, and end the one that is stopped",
            operation: "auth.get_token", outcome: .notSent)
    }

    /// The store is needed and cannot be used.
    static func tokenStoreFailed(_ error: any Error) -> ClientError {
        let isElsewhere = (error as? any StoreFailure)?.isUnreachable == true
        return ClientError(kind: isElsewhere ? .network : .config, message: "\(error)", outcome: .notSent)
    }
}
