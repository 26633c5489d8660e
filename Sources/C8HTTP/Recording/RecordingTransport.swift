/// Sends through another transport, and keeps what was asked and answered. Changes nothing of either.
package struct RecordingTransport: HTTPTransport {
    let recorder: HTTPRecorder
    let transport: any HTTPTransport
    /// See ``HTTPRecorder/transport(over:base:)``.
    let base: String?

    package func send(_ request: HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse {
        let place = recorder.begin()
        let sink = request.sink.map(RecordingSink.init)
        var heard = request
        heard.sink = sink
        let clock = ContinuousClock()
        let began = clock.now
        do {
            let response = try await transport.send(heard)
            note(request, at: place, seconds: (clock.now - began) / .seconds(1), Self.outcome(response, sink))
            return response
        } catch {
            note(
                request, at: place, seconds: (clock.now - began) / .seconds(1),
                .failure(RecordedFailure(kind: error.kind, sent: error.sent, message: error.message)))
            throw error
        }
    }

    private static func outcome(_ response: HTTPResponse, _ sink: RecordingSink?) -> HTTPRecorder.Entry.Outcome {
        var body = sink?.body
        if !response.wentToSink {
            var capture = BodyCapture(limit: BodyCapture.responseLimit)
            capture.append(response.body)
            body = capture.body
        }
        return .response(status: response.status, headers: response.headers, body: body)
    }

    private func note(
        _ request: HTTPRequest, at place: Int, seconds: Double, _ outcome: HTTPRecorder.Entry.Outcome
    ) {
        // What can no longer be read cannot be asked for by a replay either; the exchange is still worth reading.
        let body = try? BodyCapture.body(of: request)
        recorder.end(
            place,
            HTTPRecorder.Entry(
                method: request.method, url: ReplayedURL.relative(request.url, to: base),
                requestHeaders: request.headers, requestBody: body ?? nil, outcome: outcome, seconds: seconds,
                keepsSpelling: base == nil))
    }
}
