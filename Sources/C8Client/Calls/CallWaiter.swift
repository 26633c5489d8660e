/// Whoever waits for a call that was begun without a task.
package protocol CallWaiter: Sendable {
    /// Whether it is not waited for any more.
    var isCancelled: Bool { get }
    /// Calls when it is not waited for any more, at once if so.
    func whenCancelled(_ cancel: @escaping @Sendable () -> Void)
    /// The call has succeeded.
    func ended(_ answer: CallAnswer)
    /// The call goes on in a task of the waiter's, cancelled as that is, and ends with what it comes to.
    func goOn(_ body: @escaping @Sendable () async throws -> CallAnswer)
}
