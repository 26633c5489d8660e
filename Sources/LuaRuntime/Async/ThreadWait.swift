/// What a script's thread waits with while its queue is empty, and what else it does meanwhile.
///
/// The runtime brings a semaphore (``SemaphoreWait``). A host that has work of its own for the thread, such as sockets that
/// become readable, brings a wait that does it: what the work resumes then needs no change of threads.
package protocol ThreadWait: Sendable {
    /// The calling thread is the one that waits from now on, until ``leave()`` or ``end()``.
    func begin()
    /// Does what there is to do, and waits where there is nothing, at most until ``wake()`` is called, or was since the last
    /// wait.
    ///
    /// - Parameter mayBlock: false to look only.
    func wait(mayBlock: Bool)
    /// Does something on the thread that is to be blocked afterwards, without another wait until that has ended: nothing that
    /// is begun may rely on one.
    func withoutServing<Value>(_ body: () -> Value) -> Value
    /// Ends the wait; from any thread.
    func wake()
    /// Whether nothing is under way that the thread must still be there for. Asked on the thread.
    var isIdle: Bool { get }
    /// Whether the thread must stay though nothing is to be done. Asked on the thread.
    var holdsThread: Bool { get }
    /// The calling thread leaves; it, or another one, comes when there is something to do. Not called while it is held.
    func leave()
    /// There is no more to wait for. Called on the thread, unless no thread was ever held.
    func end()
}
