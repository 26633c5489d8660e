import C8HTTP
import Logging
import ScriptedServer
import Testing

/// A scripted server and a transport to reach it.
struct Fixture: Sendable {
    /// Part of the query of every URL that is sent, so that no failure can show it unnoticed.
    static let canary = "QUERYCANARY"
    static let target = "/path?code=\(canary)"
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    let server: ScriptedServer
    let transport: SocketTransport

    func send(
        _ target: String = Fixture.target, scheme: String = "http", body: [UInt8]? = nil,
        timeout: Duration = .seconds(60), maximumResponseBytes: Int = 1 << 20, reusesConnection: Bool = true
    ) async throws(HTTPTransportError) -> HTTPResponse {
        try await transport.send(
            HTTPRequest(
                method: body == nil ? "GET" : "POST", url: server.url(target, scheme: scheme), body: body,
                timeout: timeout, maximumResponseBytes: maximumResponseBytes, reusesConnection: reusesConnection))
    }
}

/// Starts a server with that script, runs `body`, and closes everything: once for each of ``Ways``.
func withServer<Value>(
    connectTimeout: Duration = .seconds(60), _ script: @escaping ScriptedServer.Script,
    _ body: (Fixture) async throws -> Value
) async throws -> Value {
    try await withTransport(connectTimeout: connectTimeout) { transport in
        let server = try await ScriptedServer.start(script)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(Fixture(server: server, transport: transport)))
        } catch {
            result = .failure(error)
        }
        await transport.shutdown()
        await server.stop()
        return try result.get()
    }
}

/// Runs `body` with a transport and no server: once for each of ``Ways``.
func withTransport<Value>(
    connectTimeout: Duration = .seconds(60), _ body: (SocketTransport) async throws -> Value
) async throws -> Value {
    try await Ways.each { usesPlainConnections in
        let transport = SocketTransport(
            connectTimeout: connectTimeout, usesPlainConnections: usesPlainConnections, logger: Fixture.silent)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(transport))
        } catch {
            result = .failure(error)
        }
        await transport.shutdown()
        return try result.get()
    }
}

/// The error that `send` must throw, with the rules that hold for every error: it names the host, and shows no query.
func failure(
    sourceLocation: SourceLocation = #_sourceLocation, of send: () async throws -> HTTPResponse
) async throws -> HTTPTransportError {
    let thrown = await #expect(throws: HTTPTransportError.self, sourceLocation: sourceLocation) { try await send() }
    let error = try #require(thrown, sourceLocation: sourceLocation)
    for text in [error.message, error.host, "\(error)", String(reflecting: error)] {
        #expect(!text.contains(Fixture.canary), sourceLocation: sourceLocation)
    }
    #expect(error.message.hasPrefix(error.host + ": "), sourceLocation: sourceLocation)
    #expect("\(error)" == error.message, sourceLocation: sourceLocation)
    return error
}
