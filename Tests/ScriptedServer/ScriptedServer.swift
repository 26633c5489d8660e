import NIOCore
import NIOPosix
import Synchronization

/// A server that does what a test's script says, byte for byte: also what no HTTP server would do.
package final class ScriptedServer: Sendable {
    package struct Request: Sendable {
        /// 1 for the first request of all, over all connections.
        package let number: Int
        /// "METHOD target HTTP/1.1".
        package let line: String
        package let headers: [(name: String, value: String)]
        package let body: [UInt8]
    }

    /// When the script is asked.
    package enum Moment: Sendable {
        case accepted
        /// The head is here, and the body may not be.
        case head
        case request(Request)
    }

    package enum Action: Sendable {
        case goOn
        case send([UInt8])
        case sendThenClose([UInt8])
        case close
    }

    package enum Event: Sendable, Hashable {
        case accepted
        case request(Int)
        case closed
    }

    package typealias Script = @Sendable (Moment) -> Action

    private struct Log {
        var accepts = 0
        var requests: [Request] = []
    }

    /// What happens, in order: a test waits for it instead of for a time.
    package let events: AsyncStream<Event>
    package let port: Int
    private let channel: any Channel
    private let recorder: Recorder

    /// The same answer to each request, and not before it is there: a client that is answered when it has just connected sends
    /// nothing any more.
    package static func answering(_ action: Action) -> Script {
        { moment in
            if case .request = moment { return action }
            return .goOn
        }
    }

    /// - Parameter host: the address that it listens on.
    package static func start(on host: String = "127.0.0.1", _ script: @escaping Script) async throws -> ScriptedServer
    {
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        let recorder = Recorder(continuation)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(script: script, recorder: recorder))
                }
            }
            .bind(host: host, port: 0).get()
        return ScriptedServer(channel: channel, recorder: recorder, events: events)
    }

    private init(channel: any Channel, recorder: Recorder, events: AsyncStream<Event>) {
        self.channel = channel
        self.recorder = recorder
        self.events = events
        port = channel.localAddress?.port ?? 0
    }

    package var accepts: Int { recorder.log.withLock { $0.accepts } }
    package var requests: [Request] { recorder.log.withLock { $0.requests } }

    package func url(_ target: String, scheme: String = "http") -> String { "\(scheme)://127.0.0.1:\(port)\(target)" }

    /// Returns when the event has happened; every event is seen once. False where the server ended without it.
    @discardableResult
    package func wait(for event: Event) async -> Bool {
        for await happened in events where happened == event { return true }
        return false
    }

    package func stop() async {
        try? await channel.close()
        recorder.events.finish()
    }

    private final class Recorder: Sendable {
        let log = Mutex(Log())
        let events: AsyncStream<Event>.Continuation

        init(_ events: AsyncStream<Event>.Continuation) {
            self.events = events
        }

        func accept() {
            log.withLock { $0.accepts += 1 }
            events.yield(.accepted)
        }

        func request(_ head: Head, body: [UInt8]) -> Request {
            let request = log.withLock { log in
                let request = Request(
                    number: log.requests.count + 1, line: head.line, headers: head.headers, body: body)
                log.requests.append(request)
                return request
            }
            events.yield(.request(request.number))
            return request
        }
    }

    private struct Head {
        let line: String
        let headers: [(name: String, value: String)]
        /// The request's head and body.
        let bodyLength: Int

        init(_ text: Substring) {
            let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
            line = String(lines.first ?? "")
            headers = lines.dropFirst().map { line in
                let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                return (name: String(parts[0]), value: String((parts.last ?? "").drop { $0 == " " }))
            }
            let length = headers.first { $0.name.lowercased() == "content-length" }?.value
            bodyLength = length.flatMap { Int($0) } ?? 0
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let script: Script
        private let recorder: Recorder
        private var received: [UInt8] = []
        private var head: Head?

        init(script: @escaping Script, recorder: Recorder) {
            self.script = script
            self.recorder = recorder
        }

        func channelActive(context: ChannelHandlerContext) {
            recorder.accept()
            perform(script(.accepted), context)
        }

        func channelInactive(context: ChannelHandlerContext) {
            recorder.events.yield(.closed)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received.append(contentsOf: unwrapInboundIn(data).readableBytesView)
            if head == nil {
                let end = Array("\r\n\r\n".utf8)
                guard let place = received.indices.first(where: { received[$0...].starts(with: end) }) else { return }
                head = Head(Substring(decoding: received[..<place], as: UTF8.self))
                received.removeFirst(place + end.count)
                perform(script(.head), context)
            }
            guard let head, received.count >= head.bodyLength else { return }
            let body = Array(received.prefix(head.bodyLength))
            received.removeFirst(head.bodyLength)
            self.head = nil
            perform(script(.request(recorder.request(head, body: body))), context)
        }

        private func perform(_ action: Action, _ context: ChannelHandlerContext) {
            switch action {
            case .goOn: break
            case .send(let bytes): context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
            case .sendThenClose(let bytes):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
                context.close(promise: nil)
            case .close: context.close(promise: nil)
            }
        }
    }
}

extension ScriptedServer.Action {
    package static func text(_ text: String) -> Self { .send(Array(text.utf8)) }
    package static func textThenClose(_ text: String) -> Self { .sendThenClose(Array(text.utf8)) }

    /// A whole answer with its length.
    package static func answer(_ status: String = "200 OK", headers: [String] = [], body: [UInt8] = []) -> Self {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers
        return .send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    }
}
