import Logging

/// Writes log messages to standard error, one line each, in one write each.
struct StandardErrorLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    private let format: LogFormat
    private let usesColor: Bool
    private let stream: OutputStream

    init(level: Logger.Level, format: LogFormat, usesColor: Bool, stream: OutputStream = .standardError) {
        logLevel = level
        self.format = format
        self.usesColor = usesColor
        self.stream = stream
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata
        if let provided = metadataProvider?.get() { fields.merge(provided) { _, newer in newer } }
        if let own = event.metadata { fields.merge(own) { _, newer in newer } }
        if let error = event.error { fields["error"] = .string("\(error)") }
        let line = LogLine(
            time: LogTime.now(), level: event.level, message: event.message.description, metadata: fields)
        // A log that cannot be written has nowhere to be reported.
        stream.write(line.text(format: format, usesColor: usesColor))
    }
}
