/// Keeps what flows and their steps have done, so that a script that was killed goes on where it was.
///
/// One process at a time runs a flow: a claim excludes all others until it is given up or its process dies. What is written
/// under a claim that somebody else has followed is refused. Whatever a method has returned from is kept, also when the
/// task that called it is cancelled meanwhile. Times are seconds since 1970. All methods throw ``FlowJournalError``, and
/// ``FlowLimitError`` where a text is too long.
package protocol FlowJournal: AnyObject, Sendable {
    /// Takes the flow, makes it where it is new, or gives the result of a finished one.
    ///
    /// - Throws: ``FlowJournalError/held(_:by:since:)`` while somebody has it, ``FlowJournalError/otherInput(_:_:)`` where
    ///   it was begun with another input.
    func claim(_ request: FlowRequest, at now: Double) async throws -> FlowOpening

    /// Adds an entry about a step. When it returns, the entry survives a kill of the process, and a power cut unless
    /// ``StepEntry/isLight``.
    ///
    /// - Throws: ``FlowJournalError/lostOwnership(_:)`` where the claim holds no longer.
    func write(_ entry: StepEntry, of key: StepKey, under claim: FlowClaim, at now: Double) async throws

    /// Adds an entry like ``write(_:of:under:at:)``, before it returns: by blocking the calling thread for as long as a disk
    /// takes. Waits for nobody who keeps the journal locked.
    ///
    /// - Returns: false where that cannot be done; nothing is written then, and it is to be done the other way.
    func writeInPlace(_ entry: StepEntry, of key: StepKey, under claim: FlowClaim, at now: Double) throws -> Bool

    /// When a step last wrote down that a write is about to be sent; nil where it has not, or that is not known.
    func lastWrite(of key: StepKey, under claim: FlowClaim) async throws -> Double?

    /// How far an upload within a step is, as JSON text; nil where it has not begun. Gone with its flow.
    ///
    /// - Parameter key: the upload's own within the flow, such as its step's text.
    func checkpoint(_ key: String, under claim: FlowClaim) async throws -> String?

    /// Keeps how far an upload is.
    ///
    /// - Parameter isLight: it may be lost in a power cut (not when the process is killed).
    func keep(checkpoint: String, _ key: String, isLight: Bool, under claim: FlowClaim, at now: Double) async throws

    /// Records how the run ended, and gives the claim up.
    func end(_ claim: FlowClaim, with end: FlowEnd, at now: Double) async throws

    /// Gives the claim up and leaves the flow as it is, for a later run. A claim that holds no longer is left alone.
    func release(_ claim: FlowClaim) async

    /// Makes sure, right before a write is sent, that nobody else can have taken the flow: the process may have been stopped
    /// since it last asked, or may have waited for longer than its claim holds.
    ///
    /// - Throws: ``FlowJournalError/lostOwnership(_:)`` where somebody else has, ``FlowJournalError/unreachable(_:)`` where
    ///   that cannot be known. Nothing may be sent then.
    func confirm(_ claim: FlowClaim) async throws

    /// Flows, those that changed last first.
    func list(_ filter: FlowFilter) async throws -> [FlowSummary]

    /// - Returns: nil where there is no such flow.
    func show(_ id: FlowID) async throws -> FlowReport?

    /// Settles a step that nobody knows the fate of, or replaces what was said of it before any run has seen that.
    ///
    /// - Returns: what is replaced; nil where it was settled for the first time.
    /// - Throws: ``FlowJournalError/held(_:by:since:)`` while somebody runs the flow, ``FlowJournalError/notOpen(_:_:_:)``
    ///   where there is nothing to settle.
    @discardableResult
    func resolve(
        _ id: FlowID, _ key: StepKey, as settlement: StepSettlement, by operatorName: String, at now: Double
    ) async throws -> StepResolution?

    /// Removes a flow and its steps: asked for again, it runs from the start.
    ///
    /// - Throws: ``FlowJournalError/held(_:by:since:)`` while somebody runs it.
    func forget(_ id: FlowID) async throws

    /// Removes the flows that finished before a time, with their steps. Returns how many.
    @discardableResult
    func prune(finishedBefore time: Double) async throws -> Int
}

extension FlowJournal {
    /// For those that are no file on this machine.
    package func writeInPlace(
        _ entry: StepEntry, of key: StepKey, under claim: FlowClaim, at now: Double
    ) throws -> Bool { false }
}
