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

    /// Also more answers than one look at the sockets shows.
    @Test func allAnswersThatCameInTimeCount() async throws {
        let most = 200
        let server = try RawListener()
        let transport = SocketTransport(logger: Fixture.silent)
        let executor = try LoopExecutor()
        defer { executor.end() }
        try await withTaskExecutorPreference(executor) {
            let request = HTTPRequest(method: "GET", url: "http://127.0.0.1:\(server.port)/", timeout: .seconds(3))
            let answers = (0..<most).map { _ in
                Task(executorPreference: executor) { try await transport.send(request).status }
            }
            let connections = try await Task.detached { try server.requests(most) }.value
            defer { for connection in connections { close(connection) } }
            for connection in connections { RawListener.answer(connection, "HTTP/1.1 204 No Content\r\n\r\n") }
            usleep(3_200_000)
            for answer in answers { #expect(try await answer.value == 204) }
        }
        await transport.shutdown()
    }

    /// Nor is the rest of a request that was begun in time.
    @Test func nothingMoreIsSentAfterTheDeadline() async throws {
        let server = try RawListener()
        let transport = SocketTransport(logger: Fixture.silent)
        let executor = try LoopExecutor()
        defer { executor.end() }
        try await withTaskExecutorPreference(executor) {
            // More than the kernel takes.
            let request = HTTPRequest(
                method: "POST", url: "http://127.0.0.1:\(server.port)/", body: [UInt8](repeating: 7, count: 64 << 20),
                timeout: .seconds(2), reusesConnection: false)
            let answer = Task(executorPreference: executor) { try await transport.send(request) }
            let connection = try await Task.detached { try server.requests(1)[0] }.value
            defer { close(connection) }
            // All that was sent until now, so that there is room for the rest.
            var bound = timeval(tv_sec: 3, tv_usec: 0)
            setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &bound, socklen_t(MemoryLayout<timeval>.size))
            var buffer = [UInt8](repeating: 0, count: 1 << 20)
            while recv(connection, &buffer, buffer.count, 0) > 0 {}
            let error = try await failure { try await answer.value }
            #expect(error.kind == .timeout && error.sent == .partly)
            #expect(recv(connection, &buffer, buffer.count, 0) <= 0)
        }
        await transport.shutdown()
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
