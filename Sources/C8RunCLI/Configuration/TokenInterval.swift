/// The rule for `token_interval` and `C8_TOKEN_INTERVAL`: seconds kept between two get-token calls.
enum TokenInterval {
    /// The platform's own rule is one call a minute.
    static let standard = 60.0

    static let rule = "must be a number of seconds from 0 to 86400"

    static func isValid(_ seconds: Double) -> Bool { seconds >= 0 && seconds <= 86_400 }
}
