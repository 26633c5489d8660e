import Glibc
import ScriptedServer
import Testing

@testable import C8HTTP

/// The thread that serves a request may be busy with something else for as long as it likes.
@Suite(.timeLimit(.minutes(2))) struct BusyThreadTests {
    /// What has come before a deadline counts, though it is read after it.
    @Test func anAnswerThatCameInTimeCounts() async throws {
        let server = try await ScriptedServer.start { moment in
            if case .request = moment { .answer(body: [7]) } else { .goOn }
        }
        let transport = SocketTransport(logger: Fixture.silent)
        let executor = try LoopExecutor()
        defer { executor.end() }
        let body = try await withTaskExecutorPreference(executor) {
            let request = HTTPRequest(method: "GET", url: server.url("/"), timeout: .milliseconds(500))
            let answer = Task(executorPreference: executor) { try await transport.send(request) }
            await server.wait(for: .request(1))
            usleep(800_000)
            return try await answer.value.body
        }
        #expect(body == [7])
        await transport.shutdown()
        await server.stop()
    }

    /// A request whose time is over before it began is not sent.
    @Test func nothingIsSentAfterTheDeadline() async throws {
        let server = try await ScriptedServer.start { _ in .goOn }
        let transport = SocketTransport(logger: Fixture.silent)
        let executor = try LoopExecutor()
        defer { executor.end() }
        try await withTaskExecutorPreference(executor) {
            let error = try await failure {
                try await transport.send(HTTPRequest(method: "GET", url: server.url("/"), timeout: .seconds(-1)))
            }
            #expect(error.kind == .timeout && error.sent == .notSent)
        }
        #expect(server.requests.isEmpty)
        await transport.shutdown()
        await server.stop()
    }
}
