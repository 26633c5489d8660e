import Synchronization

/// Sees what another sink takes.
final class RecordingSink: HTTPResponseSink {
    private let sink: any HTTPResponseSink
    private let capture = Mutex(BodyCapture(limit: BodyCapture.responseLimit))

    init(_ sink: any HTTPResponseSink) {
        self.sink = sink
    }

    var body: CapturedBody? { capture.withLock { $0.body } }

    func accepts(status: Int, headers: [(name: String, value: String)]) -> Bool {
        capture.withLock { $0 = BodyCapture(limit: BodyCapture.responseLimit) }
        return sink.accepts(status: status, headers: headers)
    }

    func receive(_ bytes: [UInt8]) throws {
        try sink.receive(bytes)
        capture.withLock { $0.append(bytes) }
    }
}
