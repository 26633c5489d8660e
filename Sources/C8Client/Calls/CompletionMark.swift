import Synchronization

/// Set when something has come to its end; read by whoever began it.
final class CompletionMark: Sendable {
    private let mark = Atomic(false)

    var isSet: Bool { mark.load(ordering: .acquiring) }

    func set() { mark.store(true, ordering: .releasing) }
}
