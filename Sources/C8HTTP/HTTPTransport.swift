/// Sends requests.
package protocol HTTPTransport: Sendable {
    /// Sends one request and reads the whole answer. Cancelling the task closes the connection.
    func send(_ request: HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse

    /// Sends one request that the present task's cancellation does not reach, but the other one's does.
    func send(
        _ request: HTTPRequest, until cancellation: HTTPCancellation
    ) async throws(HTTPTransportError) -> HTTPResponse

    /// Sends one request without a task to wait for it, where the present thread can serve it.
    ///
    /// - Parameter onEnd: called once with what it came to: on this thread or another, perhaps before this returns.
    /// - Returns: false where it cannot: nothing was sent then, and nothing is called.
    func begin(
        _ request: HTTPRequest, until cancellation: HTTPCancellation,
        onEnd: @escaping @Sendable (Result<HTTPResponse, HTTPTransportError>) -> Void
    ) -> Bool
}

extension HTTPTransport {
    package func begin(
        _ request: HTTPRequest, until cancellation: HTTPCancellation,
        onEnd: @escaping @Sendable (Result<HTTPResponse, HTTPTransportError>) -> Void
    ) -> Bool { false }

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
