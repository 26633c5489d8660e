import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOPosix
import NIOSSL
import NIOTLS
import Synchronization

/// A server behind TLS that speaks HTTP/2 with whoever offers it (ALPN), and HTTP/1.1 with the others.
final class SecureServer: Sendable {
    /// One request, read to its end.
    struct Request: Sendable {
        /// From 1, over all connections.
        let number: Int
        /// From 1, by the first requests: what comes to the port and asks for nothing is not counted. It may have had another
        /// server, whose clients come late.
        let connection: Int
        let isHTTP2: Bool
        let body: [UInt8]
    }

    /// What becomes of a request.
    enum Reply: Sendable {
        case answer([UInt8])
        /// The connection is to end, and this request was not looked at (RFC 9113 §6.8).
        case goAway
        /// The connection is to end, but this request is answered.
        case goAwayAndAnswer([UInt8])
        /// The connection ends without a word.
        case hangUp
    }

    typealias Script = @Sendable (Request) -> Reply

    private struct State {
        var connections = 0
        var requests: [Request] = []
    }

    /// One that has made a request has a number.
    final class Connection: Sendable {
        let number = Mutex<Int?>(nil)
    }

    let port: Int
    private let channel: any Channel
    private let state: StateBox

    /// Shared with the handlers.
    final class StateBox: Sendable {
        private let state = Mutex(State())
        let script: Script

        init(_ script: @escaping Script) {
            self.script = script
        }

        var requests: [Request] { state.withLock { $0.requests } }

        func take(_ body: [UInt8], _ connection: Connection, isHTTP2: Bool) -> Request {
            state.withLock { state in
                let number = connection.number.withLock { number in
                    let present = number ?? state.connections + 1
                    if number == nil { state.connections = present }
                    number = present
                    return present
                }
                let request = Request(
                    number: state.requests.count + 1, connection: number, isHTTP2: isHTTP2, body: body)
                state.requests.append(request)
                return request
            }
        }
    }

    var requests: [Request] { state.requests }

    private init(_ channel: any Channel, _ port: Int, _ state: StateBox) {
        self.channel = channel
        self.port = port
        self.state = state
    }

    static func start(_ certificate: SelfSignedCertificate, _ script: @escaping Script) async throws -> SecureServer {
        let context = try certificate.context()
        let state = StateBox(script)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                }.flatMap {
                    channel.configureHTTP2SecureUpgrade(
                        h2ChannelConfigurator: { channel in configure(channel, state) },
                        http1ChannelConfigurator: { channel in
                            channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                                try channel.pipeline.syncOperations.addHandler(
                                    Handler(state, Connection(), isHTTP2: false))
                            }
                        })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return SecureServer(channel, channel.localAddress?.port ?? 0, state)
    }

    func stop() async { try? await channel.close() }

    private static func configure(_ channel: any Channel, _ state: StateBox) -> EventLoopFuture<Void> {
        let connection = Connection()
        return channel.configureHTTP2Pipeline(
            mode: .server, connectionConfiguration: .init(), streamConfiguration: .init()
        ) { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandlers([
                    HTTP2FramePayloadToHTTP1ServerCodec(), Handler(state, connection, isHTTP2: true),
                ])
            }
        }.map { _ in }
    }

    /// One stream, or one connection of HTTP/1.1.
    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let state: StateBox
        private let connection: Connection
        private let isHTTP2: Bool
        private var body: [UInt8] = []

        init(_ state: StateBox, _ connection: Connection, isHTTP2: Bool) {
            self.state = state
            self.connection = connection
            self.isHTTP2 = isHTTP2
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head: body = []
            case .body(let part): body += Array(part.readableBytesView)
            case .end: reply(state.take(body, connection, isHTTP2: isHTTP2), context)
            }
        }

        private func reply(_ request: Request, _ context: ChannelHandlerContext) {
            switch state.script(request) {
            case .answer(let bytes): answer(bytes, context)
            case .hangUp:
                // A stream's parent is its connection; a connection's own would be the listener.
                ((isHTTP2 ? context.channel.parent : nil) ?? context.channel).close(promise: nil)
            case .goAway: goAway(lastStream: 0, context)
            case .goAwayAndAnswer(let bytes):
                goAway(lastStream: 1, context)
                answer(bytes, context)
            }
        }

        /// - Parameter lastStream: a number up to which streams are still served; the first of a client has 1.
        private func goAway(lastStream: Int, _ context: ChannelHandlerContext) {
            let frame = HTTP2Frame(
                streamID: .rootStream,
                payload: .goAway(lastStreamID: HTTP2StreamID(lastStream), errorCode: .noError, opaqueData: nil))
            context.channel.parent?.writeAndFlush(frame, promise: nil)
        }

        private func answer(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
            let headers = HTTPHeaders([("Content-Length", "\(bytes.count)")])
            let version = isHTTP2 ? HTTPVersion.http2 : .http1_1
            context.write(
                wrapOutboundOut(.head(HTTPResponseHead(version: version, status: .ok, headers: headers))), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }

        /// What a client that has gone leaves behind is nobody's concern here.
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
