import Logging

/// Writes a job's messages to the worker's log, and to what the job's record keeps.
struct JobLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    private let worker: Logger
    private let tail: TextTail

    /// - Parameter id: the job's, which the worker's lines tell.
    init(id: String, worker: Logger, tail: TextTail) {
        var worker = worker
        worker[metadataKey: "job"] = "\(id)"
        self.worker = worker
        self.tail = tail
        // A record tells what a run of the script would have told.
        logLevel = min(worker.logLevel, .info)
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata
        if let own = event.metadata { fields.merge(own) { _, newer in newer } }
        if let error = event.error { fields["error"] = .string("\(error)") }
        let line = LogLine(
            time: LogTime.now(), level: event.level, message: event.message.description, metadata: fields)
        tail.add(line.text(format: .text, usesColor: false))
        if event.level >= worker.logLevel { worker.log(level: event.level, "\(event.message)", metadata: fields) }
    }
}
