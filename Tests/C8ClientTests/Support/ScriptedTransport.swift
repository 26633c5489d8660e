import C8HTTP
import Synchronization

/// Answers requests by a closure, and keeps them. What the sockets do is tested with the transport itself.
final class ScriptedTransport: HTTPTransport {
    typealias Answer = @Sendable (HTTPRequest, _ number: Int) async throws -> HTTPResponse

    private let requests = Mutex<[HTTPRequest]>([])
    private let answer: Answer

    init(_ answer: @escaping Answer) {
        self.answer = answer
    }

    var sent: [HTTPRequest] { requests.withLock { $0 } }
    var tokenRequests: Int { sent.count { $0.url.hasSuffix("/get-token") } }

    func send(_ request: HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse {
        let number = requests.withLock { requests in
            requests.append(request)
            return requests.count
        }
        do {
            return try await answer(request, number)
        } catch let error as HTTPTransportError {
            throw error
        } catch {
            throw HTTPTransportError(kind: .cancelled, sent: .maybeSent, host: "test", message: "test: \(error)")
        }
    }
}

extension HTTPResponse {
    static func json(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, body: Array(text.utf8))
    }

    /// A successful get-token, as the documentation's page shows it.
    static func token(_ value: String, ttl: Int = 28_800) -> HTTPResponse {
        .json(
            """
            {"code": 200, "message": "success", "data": {"accessToken": "\(value)", "tokenTtl": "PT8H", \
            "tokenTtlSeconds": \(ttl)}, "timestamp": 1677737429715, "traceId": "t-1", "exception": null, "meta": null, "ext": null}
            """)
    }

    static func refusal(_ code: Int64, _ message: String = "拒绝") -> HTTPResponse {
        .json("{\"code\": \(code), \"message\": \"\(message)\", \"data\": null, \"traceId\": \"t-2\"}")
    }
}
