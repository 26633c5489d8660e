package import C8HTTP
import C8Platform

/// A look at the platform's address: whether anything answers there, and what its clock says. Sends no credentials.
package struct PlatformProbe: Sendable, Hashable {
    /// Of the answer; any will do.
    package let status: Int
    /// Seconds from the request to the answer.
    package let seconds: Double
    /// By how many seconds this machine's clock is ahead of the platform's, half the way to and fro being the answer's;
    /// nil where the answer told no time.
    package let clockAhead: Double?

    /// Asks for `/`.
    ///
    /// - Throws: ``ClientError`` where nothing answers, or the address must not be used.
    package static func run(
        _ configuration: ClientConfiguration, transport: any HTTPTransport, clock: any ClientClock = SystemClock()
    ) async throws(ClientError) -> PlatformProbe {
        let base = try BaseAddress(configuration)
        let request = HTTPRequest(
            method: "GET", url: base.url("/"), headers: [("Accept", "*/*")], timeout: .seconds(10),
            maximumResponseBytes: 1 << 20, reusesConnection: false)
        let (sent, began) = (clock.now(), clock.monotonic())
        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch {
            // Somebody answered, with more than a page.
            guard error.kind != .tooLarge else { return PlatformProbe(status: 200, seconds: 0, clockAhead: nil) }
            throw ClientError(error, operation: nil, effect: .read, attempts: 1)
        }
        let seconds = max(0, clock.monotonic() - began)
        let told = AnswerTime.seconds(try? Envelope.parse(response.body), response)
        return PlatformProbe(
            status: response.status, seconds: seconds, clockAhead: told.map { sent + seconds / 2 - $0 })
    }
}
