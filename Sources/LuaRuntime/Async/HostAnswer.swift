/// What a host function answers a call with that it has begun without a task.
package struct HostAnswer: Sendable {
    let operation: HostOperation
    let thread: ScriptThread
    /// The ``TaskTag`` of the calling task.
    package let tag: Int64

    /// The call has ended; from any thread. The first end counts.
    package func end(_ outcome: Result<[LuaValue], any Error>) { operation.finish(outcome) }

    /// Calls when the call is to end early, at once if it is. It has to be ended all the same.
    package func whenCancelled(_ cancel: @escaping @Sendable () -> Void) { operation.whenCancelled(cancel) }

    package var isCancelled: Bool { operation.isCancelled }

    /// The call goes on in a task, as that of an asynchronous function which stays on the script's thread, and ends with it.
    package func goOn(_ body: @escaping @Sendable () async throws -> [LuaValue]) {
        let task = TaskTag.$current.withValue(tag) {
            Task(executorPreference: thread) { [operation] in
                // It begins as what it would have been if it had been a task from the first.
                if operation.isCancelled { withUnsafeCurrentTask { $0?.cancel() } }
                do {
                    operation.finish(.success(try await body()))
                } catch {
                    operation.finish(.failure(error))
                }
            }
        }
        operation.attach(task)
    }
}
