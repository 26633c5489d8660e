import Synchronization

/// A value that is made when it is first asked for, once for all who ask at the same time. A failure is told to those
/// who waited and is not kept: the next one who asks tries again.
final class OnceTask<Value: Sendable>: Sendable {
    private let make: @Sendable () async throws -> Value
    private let task = Mutex<Task<Value, any Error>?>(nil)
    private let made = Mutex<Value?>(nil)

    init(_ make: @escaping @Sendable () async throws -> Value) {
        self.make = make
    }

    func value() async throws -> Value {
        // Most often it is there.
        if let made = made.withLock({ $0 }) { return made }
        let current = task.withLock { task -> Task<Value, any Error> in
            if let task { return task }
            // What needs no waiting is made on the thread of whoever asks.
            let started = Task.immediate { try await self.make() }
            task = started
            return started
        }
        do {
            let value = try await current.value
            made.withLock { $0 = value }
            return value
        } catch {
            task.withLock { if $0 == current { $0 = nil } }
            throw error
        }
    }

    /// The value, where it is there.
    var ready: Value? { made.withLock { $0 } }

    /// The value if anybody asked for it and it could be made.
    func valueIfStarted() async -> Value? {
        try? await task.withLock { $0 }?.value
    }
}
