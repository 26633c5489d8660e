import C8Queue
import C8Run
import Logging
import Synchronization
import Testing

@testable import C8RunCLI

@Suite struct ScheduleCalendarsTests {
    private struct Recorder: LogHandler {
        let lines: LineList
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            lines.texts.withLock { $0.append("\(event.message) \(event.metadata?["zone"] ?? "")") }
        }
    }

    private final class LineList: Sendable {
        let texts = Mutex<[String]>([])
    }

    private func schedule(_ id: String, zone: String) throws -> JobSchedule {
        let request = JobRequest(id: try JobID(id), script: JobScript(name: "a.lua", source: []), terms: "{}")
        return JobSchedule(request: request, expression: "0 8 * * *", zone: zone, nextAt: 0)
    }

    @Test func zoneThatThisMachineLacksIsToldOnce() throws {
        let lines = LineList()
        let calendars = ScheduleCalendars(logger: Logger(label: "test") { _ in Recorder(lines: lines) })
        for _ in 0..<3 {
            #expect(calendars.next(of: try schedule("mars", zone: "Mars/Base"), after: 0) == nil)
            #expect(calendars.next(of: try schedule("here", zone: "UTC"), after: 0) == 28_800)
        }
        let texts = lines.texts.withLock { $0 }
        #expect(texts.count == 1 && texts.first?.hasSuffix("Mars/Base") == true, "\(texts)")
    }
}
