import Logging
import Synchronization

/// Collects warnings and errors, with their metadata.
final class LogLines: Sendable {
    private let collected = Mutex<[String]>([])

    var lines: [String] { collected.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(lines: self) } }

    private struct Handler: LogHandler {
        let lines: LogLines
        var logLevel = Logger.Level.warning
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        init(lines: LogLines) { self.lines = lines }

        func log(event: LogEvent) {
            lines.collected.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
        }
    }
}
