import Logging

/// Writes log messages among what a script prints: `warning: message key=value`.
struct TestLogHandler: LogHandler {
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let buffer: OutputBuffer

    static func logger(_ buffer: OutputBuffer) -> Logger {
        Logger(label: "c8run.test") { _ in TestLogHandler(buffer: buffer) }
    }

    private init(buffer: OutputBuffer) { self.buffer = buffer }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let text = fields.reduce("\(event.level): \(event.message)") { $0 + " \($1.key)=\($1.value)" }
        buffer.append(Array((text + "\n").utf8))
    }
}
