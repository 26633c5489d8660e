import C8Platform

/// The data of a successful get-token.
struct TokenAnswer: Sendable {
    /// Where an answer names no time to live: short enough to be safe, long enough not to ask each minute.
    static let assumedTTL = 1800.0
    /// A time to live outside these bounds is a mistake, and as good as none.
    static let soundTTL = 0.1...366.0 * 86_400
    /// Longer than any token that fits in a request's head.
    static let longestToken = 16 << 10

    let value: Secret
    /// Seconds.
    let ttl: Double
    let isTTLAssumed: Bool

    /// Reads `accessToken`, and the time to live from `tokenTtlSeconds`, else from `tokenTtl` (ISO 8601, `PT8H`); nil where
    /// there is no token, or none that can be sent.
    init?(_ data: JSONValue?) {
        guard let token = data?["accessToken"]?.stringValue, Self.isUsable(token) else { return nil }
        value = Secret(token)
        let seconds: Double? =
            switch data?["tokenTtlSeconds"] {
            case .integer(let integer)?: Double(integer)
            case .number(let number)?: number
            case .string(let text)?: Double(text)
            default: nil
            }
        let stated = Self.sound(seconds) ?? Self.sound(data?["tokenTtl"]?.stringValue.flatMap(Self.seconds))
        ttl = stated ?? Self.assumedTTL
        isTTLAssumed = stated == nil
    }

    /// The token is put into a header as it is, so what would end or split that header is no token.
    private static func isUsable(_ token: String) -> Bool {
        guard !token.isEmpty, token.utf8.count <= longestToken else { return false }
        return token.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: false
            default: true
            }
        }
    }

    private static func sound(_ seconds: Double?) -> Double? {
        guard let seconds, soundTTL.contains(seconds) else { return nil }
        return seconds
    }

    /// Weeks, days, hours, minutes and seconds of an ISO 8601 duration. Months and years have no fixed length.
    static func seconds(_ text: String) -> Double? {
        guard text.first == "P" else { return nil }
        var total = 0.0
        var number = ""
        var inTime = false
        for character in text.dropFirst() {
            switch character {
            case "T" where !inTime && number.isEmpty: inTime = true
            case "0"..."9", ".": number.append(character)
            default:
                guard let value = Double(number) else { return nil }
                number = ""
                switch (character, inTime) {
                case ("W", false): total += value * 604_800
                case ("D", false): total += value * 86_400
                case ("H", true): total += value * 3600
                case ("M", true): total += value * 60
                case ("S", true): total += value
                default: return nil
                }
            }
        }
        return number.isEmpty && total > 0 ? total : nil
    }
}
