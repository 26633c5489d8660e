import Logging
import Synchronization

/// Keeps every line that is logged, at any level.
final class LogRecorder: Sendable {
    private let recorded = Mutex<[(message: String, metadata: Logger.Metadata)]>([])

    var lines: [(message: String, metadata: Logger.Metadata)] { recorded.withLock { $0 } }
    var texts: [String] { lines.map { "\($0.message) \($0.metadata)" } }

    var logger: Logger {
        Logger(label: "test") { _ in Handler(recorder: self) }
    }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            recorder.recorded.withLock { $0.append(("\(event.message)", event.metadata ?? [:])) }
        }
    }
}
