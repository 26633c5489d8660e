/// Sends requests.
package protocol HTTPTransport: Sendable {
    /// Sends one request and reads the whole answer. Cancelling the task closes the connection.
    func send(_ request: HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse

    /// Sends one request that the present task's cancellation does not reach, but the other one's does.
    func send(
        _ request: HTTPRequest, until cancellation: HTTPCancellation
    ) async throws(HTTPTransportError) -> HTTPResponse
}

extension HTTPTransport {
    package func send(
        _ request: HTTPRequest, until cancellation: HTTPCancellation
    ) async throws(HTTPTransportError) -> HTTPResponse {
        try await sendInItsOwnTask(request, until: cancellation)
    }

    /// For transports that know of tasks alone.
    func sendInItsOwnTask(
        _ request: HTTPRequest, until cancellation: HTTPCancellation
    ) async throws(HTTPTransportError) -> HTTPResponse {
        let task = Task { () -> Result<HTTPResponse, HTTPTransportError> in
            do throws(HTTPTransportError) {
                return .success(try await send(request))
            } catch {
                return .failure(error)
            }
        }
        cancellation.whenCancelled { task.cancel() }
        defer { cancellation.forget() }
        return try await task.value.get()
    }
}
