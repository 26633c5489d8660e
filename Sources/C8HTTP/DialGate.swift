/// Judges each address before it is dialled. Names are resolved once, and the address that was judged is the one that a
/// connection is made to: an answer of the DNS that changes in between changes nothing.
package struct DialGate: Sendable {
    package let host: String
    /// Why an address, given as numbers, may not be dialled; nil where it may.
    package let refusal: @Sendable (_ address: String) -> (any Error)?

    /// - Parameter host: of the request's URL; an address stands as numbers, without brackets.
    package init(host: String, refusal: @escaping @Sendable (_ address: String) -> (any Error)?) {
        self.host = host
        self.refusal = refusal
    }
}
