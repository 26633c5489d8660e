import Synchronization

/// Events of many tasks on their way to the one that handles them: it takes at once what has come while it was busy.
final class EventInbox<Event: Sendable>: Sendable {
    /// One for each time that there may be something to take.
    let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation
    private let waiting = Mutex<[Event]>([])

    init() {
        (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    func yield(_ event: Event) {
        waiting.withLock { $0.append(event) }
        signal.yield()
    }

    /// All that has come since it was last asked, in that order.
    func take() -> [Event] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }

    /// Ends the signals.
    func finish() { signal.finish() }
}
