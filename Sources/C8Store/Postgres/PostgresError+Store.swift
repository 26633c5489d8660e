import C8Client
package import C8Flow
package import C8Postgres

extension PostgresError: StoreFailure {
    /// The connection waits by itself.
    package var isBusy: Bool { false }
    package var isUnreachable: Bool { isUnavailable }
}

extension FlowJournalError {
    /// What it means for a journal that its database cannot be used.
    package init(_ error: PostgresError) {
        let text = "\(error.problem) (\(error.place)); \(error.remedy)"
        self = error.isUnavailable ? .unreachable(text) : .storage(text)
    }
}
