extension FlowJournal {
    /// For those whose claims end with their process, and not by time.
    package func confirm(_ claim: FlowClaim) async throws {}
}
