import C8HTTP
package import C8Platform
import Logging
import Synchronization

extension PlatformClient {
    /// Begins a call without a task, where nothing has to be waited for before its first request.
    ///
    /// Success is most often what it comes to, with one request: then there never is a task. Whatever else happens is left to
    /// the same steps as those of ``perform(_:body:options:)``, which go on from that request.
    ///
    /// - Parameters:
    ///   - text: the body's JSON, for operations that take any body.
    ///   - body: the same as a value, for the others.
    /// - Returns: false where the call has to be made by ``perform(_:body:options:)``: nothing was begun then.
    package func begin(
        _ prepared: PreparedCall, text: [UInt8]?, body: JSONValue, maximumResponseBytes: Int, for waiter: any CallWaiter
    ) -> Bool {
        let binding = prepared.binding
        guard logger.logLevel > .debug, !CallSpan.isTraced, !configuration.isDryRun || binding.effect == .read,
            let token = tokens.ready()
        else { return false }
        var (request, url, text) = (prepared.request, prepared.url, text)
        if request == nil || text == nil {
            guard let made = try? binding.makeRequest(checking: body, CallOptions()) else { return false }
            (request, url) = (made, base.url(made.target))
            text = nil
            if let body = made.body {
                guard let serialized = try? JSONSerializer.serialize(body) else { return false }
                text = serialized
            }
        }
        let began = clock.monotonic()
        guard let request, suspect.withLock({ $0 == nil }), streak.withLock({ $0.rest(at: began) == nil }),
            gate.enterAtOnce()
        else { return false }
        let call = BegunCall(
            self, request, binding, text: text, token: token, began: began, maximumResponseBytes: maximumResponseBytes,
            waiter: waiter)
        if call.begin(url) { return true }
        gate.leave()
        return false
    }

    /// The envelope of an answer that leaves nothing to be decided.
    func plainSuccess(_ response: HTTPResponse) -> Envelope? {
        guard (200..<400).contains(response.status), let envelope = try? AnswerText.envelope(response),
            envelope.isSuccess, !refusals.match(envelope, status: response.status)
        else { return nil }
        return envelope
    }

    /// A call has ended with its first request.
    func succeeded(_ operation: OperationID, status: Int, began: Double) {
        let now = clock.monotonic()
        quota.earn(attempts: 1)
        streak.withLock { $0.ended(with: nil, at: now) }
        metrics.request(operation, status: status)
        metrics.call(operation, seconds: now - began, error: nil)
    }
}
