/// Sends requests.
package protocol HTTPTransport: Sendable {
    /// Sends one request and reads the whole answer. Cancelling the task closes the connection.
    func send(_ request: HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse
}
