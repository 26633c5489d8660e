import NIOCore
import NIOPosix

/// A client that connects, sends something, and then only listens.
struct SilentClient: Sendable {
    private let channel: any Channel

    init(port: Int, sent: [UInt8]) async throws {
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port).get()
        if !sent.isEmpty {
            try await channel.writeAndFlush(ByteBuffer(bytes: sent))
        }
    }

    /// Returns when the server has closed the connection.
    func waitUntilClosed() async throws {
        try await channel.closeFuture.get()
    }
}
