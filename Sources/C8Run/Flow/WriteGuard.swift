package import C8Platform

/// Asked before a script's calls that change something leave, for a host that must know of them beforehand.
///
/// What a step of a flow writes is in the flow's journal; what is written outside of one is known to nobody but the script.
package protocol WriteGuard: Sendable {
    /// A call that may change something is about to be sent, or an upload to begin. An error keeps it from being sent, and
    /// is the script's.
    ///
    /// - Parameters:
    ///   - operation: for people.
    ///   - isKept: whether a flow's journal has it, so that it is not made twice.
    func willWrite(_ operation: String, effect: Effect, isKept: Bool) async throws

    /// What was told of is about to be sent, or another request of it, after what may have been a long wait. An error keeps it
    /// from being sent.
    func maySend() async throws

    /// Such a call, of effect `write` and outside of a flow's steps, has ended.
    ///
    /// - Parameter isUnwritten: whether it is certain that nothing took place.
    func didWrite(isUnwritten: Bool)
}
