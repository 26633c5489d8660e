import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// The socket of the stand-in: an HTTP/1.1 server on the shared event loops.
///
/// Every answer says in the header `C8Run-Emulator` whether it is `documented` or `made-up`.
///
/// Hummingbird's server is used without its router and application: there are a dozen paths, and what a wrong path or a
/// broken body is answered with is a matter of the stand-in.
final class ServerLoop: Sendable {
    /// The port that is listened on.
    let port: Int
    private let server: Server<HTTP1Channel>
    private let running: Task<Void, any Error>

    /// Listens, and returns when connections are accepted.
    static func start(_ configuration: EmulatorConfiguration, standIn: StandIn) async throws(EmulatorError)
        -> ServerLoop
    {
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let server = makeServer(configuration, standIn: standIn) { port in
            found.yield(port)
            found.finish()
        }
        let running = Task {
            defer { found.finish() }
            try await server.run()
        }
        for await port in ports {
            return ServerLoop(port: port, server: server, running: running)
        }
        throw await cause(of: running, configuration)
    }

    private init(port: Int, server: Server<HTTP1Channel>, running: Task<Void, any Error>) {
        self.port = port
        self.server = server
        self.running = running
    }

    /// Stops listening, lets requests that have begun be answered, and returns when all connections are closed. Idle
    /// connections are closed at once; one that is still busy after a second is cut.
    func stop() async {
        let cut = Task { [running] in
            try await Task.sleep(for: .seconds(1))
            running.cancel()
        }
        try? await server.shutdownGracefully()
        _ = await running.result
        cut.cancel()
    }

    private static func makeServer(
        _ configuration: EmulatorConfiguration, standIn: StandIn, listening: @escaping @Sendable (Int) -> Void
    ) -> Server<HTTP1Channel> {
        let limit = configuration.maximumBodyBytes
        let sleep = configuration.sleep
        let marker = HTTPField.Name("C8Run-Emulator")
        let channel = HTTP1Channel(responder: { request, writer, _ in
            standIn.underWay.add(1, ordering: .relaxed)
            defer { standIn.underWay.subtract(1, ordering: .relaxed) }
            let (method, path) = (request.method.rawValue, request.uri.path)
            let fault = standIn.fault(method: method, path: path)
            func cut(_ kind: FaultKind) throws {
                guard fault?.kind == kind else { return }
                standIn.noteCut(method: method, path: path, fault: kind)
                throw ConnectionCut()
            }
            try cut(.cutRequest)
            let body = try await body(of: request, limit: limit)
            try cut(.cutBefore)
            if case .delay(let seconds) = fault?.kind {
                standIn.underWay.subtract(1, ordering: .relaxed)
                defer { standIn.underWay.add(1, ordering: .relaxed) }
                try await sleep(seconds)
            }
            let answer = standIn.answer(
                IncomingRequest(
                    method: method, path: path,
                    authorization: request.headers[.authorization], contentType: request.headers[.contentType],
                    body: body), fault: fault)
            if fault?.kind == .cutAfter { throw ConnectionCut() }
            var headers: HTTPFields = [.contentType: answer.type]
            if let marker { headers[marker] = answer.isDocumented ? "documented" : "made-up" }
            if let name = answer.fileName { headers[.contentDisposition] = "attachment; filename=\"\(name)\"" }
            if let seconds = answer.retryAfter { headers[.retryAfter] = "\(seconds)" }
            let response = Response(
                status: .init(code: answer.status), headers: headers, body: responseBody(answer.body, fault?.kind))
            try await writer.write(response: response.head, body: response.body)
        })
        return Server(
            childChannelSetup: channel,
            configuration: ServerConfiguration(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { listening($0.localAddress?.port ?? configuration.port) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: configuration.logger ?? Logger(label: "c8run.emulator", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    private static func responseBody(_ bytes: [UInt8], _ fault: FaultKind?) -> ResponseBody {
        switch fault {
        case .cutAnswer?:
            ResponseBody(contentLength: bytes.count) { writer in
                try await writer.write(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
                throw ConnectionCut()
            }
        case .slow(let seconds)?:
            ResponseBody(contentLength: bytes.count) { writer in
                let pieces = 10
                for piece in 0..<pieces {
                    try await Task.sleep(for: .seconds(seconds / Double(pieces)))
                    let range = bytes.count * piece / pieces..<bytes.count * (piece + 1) / pieces
                    try await writer.write(ByteBuffer(bytes: bytes[range]))
                }
                try await writer.finish(nil)
            }
        default: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        }
    }

    /// The whole body, or nil when it is longer than allowed; then what is left of it is read and thrown away, so that
    /// the client can finish sending and read the answer.
    private static func body(of request: Request, limit: Int) async throws -> [UInt8]? {
        var bytes: [UInt8]? = []
        for try await part in request.body {
            if let count = bytes?.count, count + part.readableBytes <= limit {
                bytes?.append(contentsOf: part.readableBytesView)
            } else {
                bytes = nil
            }
        }
        return bytes
    }

    private static func cause(of running: Task<Void, any Error>, _ configuration: EmulatorConfiguration) async
        -> EmulatorError
    {
        let (host, port) = (configuration.host, configuration.port)
        switch await running.result {
        case .failure(let error as IOError) where error.errnoCode == EADDRINUSE:
            return .portInUse(host: host, port: port)
        case .failure(let error):
            return .cannotListen(host: host, port: port, cause: "\(error)")
        case .success:
            return .cannotListen(host: host, port: port, cause: "the server ended before it listened")
        }
    }
}
