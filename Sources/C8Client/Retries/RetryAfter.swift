import C8HTTP

/// The header `Retry-After` (RFC 9110 §10.2.3): seconds, or a date.
enum RetryAfter {
    /// A pause that no sensible server asks for is not waited for; the deadline decides below that.
    private static let longest = 86_400.0

    /// Of an answer. A date is judged by the answer's own `Date`: the two clocks may differ by more than the pause.
    ///
    /// - Parameter now: seconds since 1970, for an answer without one.
    static func seconds(_ response: HTTPResponse, now: Double) -> Double? {
        guard let text = response.header(named: "retry-after") else { return nil }
        return seconds(text, now: response.header(named: "date").flatMap { HTTPDate.seconds($0) } ?? now)
    }

    /// - Parameters:
    ///   - now: seconds since 1970, for a date.
    /// - Returns: seconds from now; nil where the text is neither.
    static func seconds(_ text: String, now: Double) -> Double? {
        let text = text.drop { $0 == " " }
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return min(longest, Double(text) ?? longest)
        }
        return HTTPDate.seconds(text).map { min(longest, max(0, $0 - now)) }
    }
}
