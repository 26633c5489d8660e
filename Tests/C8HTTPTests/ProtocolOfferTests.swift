import C8HTTP
import NIOCore
import NIOPosix
import Testing

/// What the client offers when TLS begins (ALPN, RFC 7301), read out of its first message.
@Suite(.timeLimit(.minutes(1))) struct ProtocolOfferTests {
    /// Hands on what a client says first, and hangs up.
    private final class Listener: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        let said: AsyncStream<[UInt8]>.Continuation

        init(_ said: AsyncStream<[UInt8]>.Continuation) {
            self.said = said
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            said.yield(Array(unwrapInboundIn(data).readableBytesView))
            context.close(promise: nil)
        }
    }

    @Test(arguments: [true, false]) func onlyRequestsThatMayBeRepeatedUseHTTP2(reuses: Bool) async throws {
        let (messages, said) = AsyncStream.makeStream(of: [UInt8].self)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Listener(said))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(channel.localAddress?.port)
        try await withTransport { transport async throws in
            let request = HTTPRequest(method: "GET", url: "https://127.0.0.1:\(port)/", reusesConnection: reuses)
            let error = await #expect(throws: HTTPTransportError.self) { try await transport.send(request) }
            #expect(error?.sent == .notSent)
        }
        var iterator = messages.makeAsyncIterator()
        let hello = try #require(await iterator.next())
        // The extension's number, its length, the list's length, and each name after its own length.
        let names = (reuses ? [2] + Array("h2".utf8) : []) + [8] + Array("http/1.1".utf8)
        let length = UInt8(names.count)
        let offer: [UInt8] = [0, 16, 0, length + 2, 0, length] + names
        #expect(hello.firstRange(of: offer) != nil)
        try await channel.close()
    }
}
