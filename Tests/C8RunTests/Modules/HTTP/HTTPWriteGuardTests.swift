import C8Platform
import Synchronization
import Testing

@testable import C8Run

/// What a host is told of the requests that change something, where no flow keeps them: a job that has written is not run again.
@Suite struct HTTPWriteGuardTests {
    private final class Notes: WriteGuard {
        let lines = Mutex<[String]>([])

        func willWrite(_ operation: String, effect: Effect, isKept: Bool) async throws {
            lines.withLock { $0.append("\(operation.prefix { $0 != " " }) \(effect)\(isKept ? ", kept" : "")") }
        }

        func maySend() async throws {}

        func didWrite(isUnwritten: Bool) { lines.withLock { $0.append(isUnwritten ? "unwritten" : "written") } }
    }

    @Test(
        arguments: [
            ("http.get(here) http.head(here) http.request{url = here, method = 'OPTIONS'}", []),
            ("http.post(here)", ["POST write", "written"]), ("http.put(here)", ["PUT write", "written"]),
            ("http.delete(here)", ["DELETE write", "written"]),
            ("http.request{url = here, method = 'PATCH'}", ["PATCH write", "written"]),
            // Nobody can tell what became of it.
            ("pcall(http.put, here .. '/nothing')", ["PUT write", "written"]),
            // Nothing was sent.
            ("pcall(http.put, there)", []),
        ] as [(String, [String])])
    func requestThatMayChangeSomethingIsTold(source: String, lines: [String]) async throws {
        let notes = Notes()
        _ = try await EchoServer.run(source) { configuration, here, there in
            EchoServer.grantHere(&configuration, here: here, there: there)
            configuration.writeGuard = notes
        }
        #expect(notes.lines.withLock { $0 } == lines)
    }
}
