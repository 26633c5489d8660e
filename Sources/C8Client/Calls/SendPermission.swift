/// What has the last word before a write is sent, for the calls of the task that it is set for.
///
/// A call may wait for its turn and for a token, and a process may be stopped: what allowed the write when it was asked for may
/// no longer hold when it leaves.
package enum SendPermission {
    package typealias Check = @Sendable () async throws -> Void

    /// Throws, a ``ClientError`` whose outcome says that nothing was sent, where the write must not leave; nil where nobody has a
    /// say. Asked once for each attempt.
    @TaskLocal package static var check: Check?
}
