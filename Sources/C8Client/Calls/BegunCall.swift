import C8HTTP
import C8Platform
import Synchronization

/// A call whose first request was sent without a task to wait for it.
final class BegunCall: Sendable {
    private let client: PlatformClient
    private let request: PlatformRequest
    private let binding: Binding
    private let text: [UInt8]?
    private let token: Token
    /// By the monotonic clock.
    private let began: Double
    private let maximumResponseBytes: Int
    private let waiter: any CallWaiter
    private let cancellation = HTTPCancellation()
    /// The number under which a write is known; 0 for none.
    private let write = Atomic(0)

    init(
        _ client: PlatformClient, _ request: PlatformRequest, _ binding: Binding, text: [UInt8]?, token: Token,
        began: Double, maximumResponseBytes: Int, waiter: any CallWaiter
    ) {
        self.client = client
        self.request = request
        self.binding = binding
        self.text = text
        self.token = token
        self.began = began
        self.maximumResponseBytes = maximumResponseBytes
        self.waiter = waiter
    }

    /// False, and nothing was begun, where the present thread cannot send it, or none may begin any more.
    func begin(_ url: String) -> Bool {
        let isRead = binding.effect == .read
        if !isRead {
            guard let number = client.writes.begin(sending: cancellation) else { return false }
            write.store(number, ordering: .relaxed)
        }
        var headers: [(name: String, value: String)] = [
            ("Authorization", token.value.revealed), ("Accept", "application/json"),
            (TraceContext.header, client.trace.next()),
        ]
        if text != nil { headers.append(("Content-Type", "application/json")) }
        var request = HTTPRequest(
            method: request.method.rawValue, url: url, headers: headers, body: text, timeout: timeout,
            maximumResponseBytes: maximumResponseBytes, reusesConnection: binding.effect != .write)
        request.isRead = isRead
        guard client.transport.begin(request, until: cancellation, onEnd: { self.ended($0) }) else {
            endWrite()
            return false
        }
        // Calls that may change something go on when nobody waits for them any more.
        if isRead { waiter.whenCancelled { [cancellation] in cancellation.cancel() } }
        return true
    }

    private var timeout: Duration { binding.timeoutSeconds.map { .seconds($0) } ?? client.configuration.timeout }

    private func ended(_ result: Result<HTTPResponse, HTTPTransportError>) {
        client.gate.leave()
        if case .success(let response) = result, !waiter.isCancelled, let envelope = client.plainSuccess(response) {
            client.succeeded(binding.id, status: response.status, began: began)
            endWrite()
            return waiter.ended(.envelope(envelope))
        }
        let number = write.load(ordering: .relaxed)
        if number != 0 { client.writes.endRequest(number) }
        waiter.goOn { try await self.goOn(after: result) }
    }

    private func goOn(after result: Result<HTTPResponse, HTTPTransportError>) async throws(ClientError) -> CallAnswer {
        var options = CallOptions().over(binding)
        options.maximumResponseBytes = maximumResponseBytes
        var call = OutgoingCall(
            request, effect: binding.effect, options: options, operation: binding.id, binding: binding)
        call.text = text
        call.began = began
        call.early = EarlyAnswer(token: token, result: result)
        let number = write.load(ordering: .relaxed)
        return try await client.run(call, as: number == 0 ? nil : number).get()
    }

    private func endWrite() {
        let number = write.load(ordering: .relaxed)
        if number != 0 { client.writes.end(number) }
    }
}
