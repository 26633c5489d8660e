import C8Client
import C8Platform

/// The state of the cached token as text and JSON; neither holds the token.
enum TokenStatusText {
    /// - Parameter now: seconds since 1970.
    static func lines(_ status: TokenStatus, now: Double) -> String {
        guard let age = status.age else { return "no token is cached\n" + slot(status) }
        var text = "source   \(status.source ?? "-")\n"
        text += "state    \(status.isExpired ? "expired" : "good")\n"
        text += "age      \(interval(seconds(age)))\n"
        if let expiry = status.expiresAt {
            text += "expires  " + (expiry > now ? "in \(interval(expiry - now))\n" : "\(interval(now - expiry)) ago\n")
        }
        if let refresh = status.refreshAt {
            text += "refresh  " + (refresh > now ? "in \(interval(refresh - now))\n" : "with the next call\n")
        }
        return text + slot(status)
    }

    /// Who asked for a token last, when the next may be asked for, and whether the platform refused the credentials.
    private static func slot(_ status: TokenStatus) -> String {
        var text = ""
        if let holder = status.holder { text += "holder   \(TerminalText.line(holder))\n" }
        if let next = status.nextFetchIn { text += "next     a new one may be fetched in \(interval(seconds(next)))\n" }
        if let ahead = status.clockAhead, let difference = clockDifference(ahead) {
            text +=
                "clock    this machine's is \(difference) the platform's; set it, as with timedatectl set-ntp true\n"
        }
        if let code = status.refusalCode { text += "refused  \(code): the platform refused the credentials\n" }
        return text
    }

    /// Ages in seconds, times in seconds since 1970, as `c8.token.status()` gives them.
    static func json(_ status: TokenStatus) -> JSONValue {
        [
            "cached": .bool(status.age != nil),
            "source": status.source.map { .string($0) } ?? .null,
            "age": status.age.map { .number(seconds($0)) } ?? .null,
            "ttl": status.ttl.map { .number(seconds($0)) } ?? .null,
            "expires_at": status.expiresAt.map { .number($0) } ?? .null,
            "refresh_at": status.refreshAt.map { .number($0) } ?? .null,
            "expired": .bool(status.isExpired),
            "holder": status.holder.map { .string($0) } ?? .null,
            "next_fetch_in": status.nextFetchIn.map { .number(seconds($0)) } ?? .null,
            "clock_ahead": status.clockAhead.map { .number($0) } ?? .null,
            "refusal": status.refusalCode.map { .integer($0) } ?? .null,
        ]
    }

    /// The greatest difference between this machine's clock and the platform's that does no harm: tokens are renewed minutes
    /// before their end, and an answer's time may be a second old.
    private static let harmlessSkew = 5.0

    /// `7 h 59 min ahead of`, `42 s behind`; nil where the difference does no harm.
    static func clockDifference(_ ahead: Double) -> String? {
        guard abs(ahead) > harmlessSkew else { return nil }
        return "\(interval(abs(ahead).rounded())) \(ahead > 0 ? "ahead of" : "behind")"
    }

    /// `7 h 59 min`, `42 s`: the two largest units.
    static func interval(_ interval: Double) -> String {
        let seconds = Int64(max(0, min(interval, 1e15)))
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
        return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
