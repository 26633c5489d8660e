/// What can go wrong with a request, on purpose.
package enum FaultKind: Sendable, Hashable {
    /// The connection ends before the request's body is read. Nothing was done.
    case cutRequest
    /// The connection ends after the request was read. Nothing was done.
    case cutBefore
    /// The request is carried out, and the connection ends without an answer.
    case cutAfter
    /// The request is carried out, and the connection ends in the middle of the answer.
    case cutAnswer
    /// So many seconds pass before the request is carried out.
    case delay(Double)
    /// The request is carried out, and its answer takes so many seconds, piece by piece.
    case slow(Double)
    /// An HTTP status, with a page of HTML as a gateway sends. Nothing was done.
    case status(Int)
    /// The same, but the request was carried out.
    case statusAfter(Int)
    /// The request is carried out, and its answer has another form.
    case envelope(EnvelopeFault)
    /// The token is not accepted. Nothing was done.
    case token(TokenFault)
    /// get-token is refused as too frequent.
    case rateLimit

    /// How an answer differs from the documented envelope.
    package enum EnvelopeFault: String, Sendable, CaseIterable {
        /// A page of HTML with HTTP 200.
        case html
        /// No body at all.
        case empty
        /// The first half of the envelope, as if it were all.
        case truncated
        /// The envelope without its code.
        case codeless
        /// The code as a string of digits.
        case textCode = "text-code"
        /// Members that nobody knows, one of them with a number beyond 64 bits.
        case extra
        /// A byte order mark in front.
        case bom
    }

    /// By which sign a token is refused.
    package enum TokenFault: String, Sendable, CaseIterable {
        /// Code 20324012, as documented.
        case invalid
        /// Code 20324013, as documented.
        case expired
        /// HTTP 200 and `meta.status` 401, as observed of a gateway.
        case meta
        /// HTTP 401.
        case http
    }
}
