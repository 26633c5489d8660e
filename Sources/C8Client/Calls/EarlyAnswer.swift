import C8HTTP

/// What the first request of a call came to that was begun by ``BegunCall``.
struct EarlyAnswer: Sendable {
    let token: Token
    let result: Result<HTTPResponse, HTTPTransportError>
}
