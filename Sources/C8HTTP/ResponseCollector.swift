import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Collects one answer, and notes when the request's head was written and the last of its body was handed over: before
/// that, no server can have a whole request.
final class ResponseCollector: HTTPClientResponseDelegate, Sendable {
    typealias Response = HTTPResponse

    struct BodyTooLarge: Error {}

    private struct Progress {
        var headWasSent = false
        var bodyIsHandedOver: Bool
        var isAnswered = false
        var status = 0
        var headers: [(name: String, value: String)] = []
        var body: [UInt8] = []
        var goesToSink = false
    }

    private let progress: Mutex<Progress>
    private let maximumBytes: Int
    private let sink: (any HTTPResponseSink)?

    /// - Parameter hasPieces: whether the body goes out in pieces, of which ``noteLastPiece()`` tells the last.
    init(maximumBytes: Int, sink: (any HTTPResponseSink)? = nil, hasPieces: Bool = false) {
        progress = Mutex(Progress(bodyIsHandedOver: !hasPieces))
        self.maximumBytes = maximumBytes
        self.sink = sink
    }

    /// How much of the request the server can have.
    var sent: HTTPTransportError.Sent {
        progress.withLock { $0.headWasSent ? $0.bodyIsHandedOver ? .maybeSent : .partly : .notSent }
    }
    /// Whether an answer has begun.
    var isAnswered: Bool { progress.withLock { $0.isAnswered } }

    /// The last piece of the body is about to be handed over.
    func noteLastPiece() { progress.withLock { $0.bodyIsHandedOver = true } }

    func noteAnswer() { progress.withLock { $0.isAnswered = true } }

    func didSendRequestHead(task: HTTPClient.Task<HTTPResponse>, _ head: HTTPRequestHead) {
        progress.withLock { $0.headWasSent = true }
    }

    func didReceiveHead(task: HTTPClient.Task<HTTPResponse>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let status = Int(head.status.code)
        let headers = head.headers.map { (name: $0.name, value: $0.value) }
        let goesToSink = sink?.accepts(status: status, headers: headers) ?? false
        progress.withLock { progress in
            progress.isAnswered = true
            progress.status = status
            progress.headers = headers
            progress.goesToSink = goesToSink
        }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<HTTPResponse>, _ part: ByteBuffer) -> EventLoopFuture<Void> {
        if let sink, progress.withLock({ $0.goesToSink }) {
            // Not on the event loop, which a slow disk would hold up.
            return task.eventLoop.makeFutureWithTask {
                do {
                    try sink.receive(Array(part.readableBytesView))
                } catch {
                    throw TransportFailure.LocalFailure(cause: error)
                }
            }
        }
        let fits = progress.withLock { progress in
            guard progress.body.count + part.readableBytes <= maximumBytes else { return false }
            progress.body.append(contentsOf: part.readableBytesView)
            return true
        }
        return fits
            ? task.eventLoop.makeSucceededVoidFuture() : task.eventLoop.makeFailedFuture(BodyTooLarge())
    }

    func didFinishRequest(task: HTTPClient.Task<HTTPResponse>) throws -> HTTPResponse {
        progress.withLock {
            HTTPResponse(status: $0.status, headers: $0.headers, body: $0.body, wentToSink: $0.goesToSink)
        }
    }
}
