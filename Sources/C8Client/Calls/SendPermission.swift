/// What has the last word before a request that may change something is sent, for the calls of the task that it is set for.
///
/// A call may wait for its turn and for a token, and a process may be stopped: what allowed the write when it was asked for may
/// no longer hold when it leaves.
package struct SendPermission: Sendable {
    package typealias Check = @Sendable () async throws -> Void

    /// Throws, a ``ClientError`` whose outcome says that nothing was sent, where the write must not leave; nil where nobody has a
    /// say. Asked once for each attempt.
    package let check: Check?

    package init(_ check: Check?) {
        self.check = check
    }

    // A type with a name: for a function's, the optimizer of Swift 6.3 gave the runtime no metadata, and it crashed.
    @TaskLocal package static var current = SendPermission(nil)
}
