/// The header `Retry-After` (RFC 9110 §10.2.3): seconds, or a date.
enum RetryAfter {
    /// A pause that no sensible server asks for is not waited for; the deadline decides below that.
    private static let longest = 86_400.0

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
