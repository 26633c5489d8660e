import NIOCore
import NIOPosix

/// The smallest HTTP client: one request on one socket of its own, bytes out, bytes back. The emulator is judged by what
/// is on the wire, not by what a client library makes of it.
struct Probe: Sendable {
    struct Answer: Sendable {
        let status: Int
        /// The status line and the headers.
        let head: String
        let body: [UInt8]
    }

    struct BrokenAnswer: Error {
        let text: String
    }

    let port: Int

    func send(
        _ method: String, _ path: String, headers: [String] = [], body: [UInt8] = []
    ) async throws -> Answer {
        let lines = [
            "\(method) \(path) HTTP/1.1", "Host: 127.0.0.1", "Connection: close", "Content-Length: \(body.count)",
        ]
        let head = (lines + headers).map { $0 + "\r\n" }.joined() + "\r\n"
        return try await send(raw: Array(head.utf8) + body)
    }

    /// Sends bytes as they are and reads until the server closes.
    func send(raw: [UInt8]) async throws -> Answer {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let received = try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: raw))
            var received: [UInt8] = []
            for try await part in inbound {
                received.append(contentsOf: part.readableBytesView)
            }
            return received
        }
        return try Self.parse(received)
    }

    private static func parse(_ bytes: [UInt8]) throws -> Answer {
        let end = Array("\r\n\r\n".utf8)
        let place = bytes.indices.first { bytes[$0...].starts(with: end) }
        guard let place else { throw BrokenAnswer(text: String(decoding: bytes, as: UTF8.self)) }
        let head = String(decoding: bytes[..<place], as: UTF8.self)
        let words = head.split(separator: " ", maxSplits: 2)
        guard words.count >= 2, let status = Int(words[1].prefix(3)) else { throw BrokenAnswer(text: head) }
        return Answer(status: status, head: head, body: Array(bytes[(place + end.count)...]))
    }
}
