import Synchronization

/// Keeps the sentences that the operator is told.
final class NoticeRecorder: Sendable {
    private let recorded = Mutex<[String]>([])

    var notices: [String] { recorded.withLock { $0 } }

    @Sendable func record(_ notice: String) { recorded.withLock { $0.append(notice) } }
}
