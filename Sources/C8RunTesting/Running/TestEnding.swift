import Synchronization

/// Whether no further test is to begin.
final class TestEnding: Sendable {
    private let flag = Atomic(false)

    var hasEnded: Bool { flag.load(ordering: .relaxed) }

    func end() { flag.store(true, ordering: .relaxed) }
}
