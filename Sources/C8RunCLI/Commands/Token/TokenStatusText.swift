import C8Client
import C8Platform

/// The state of the cached token as text and JSON; neither holds the token.
enum TokenStatusText {
    /// - Parameter now: seconds since 1970.
    static func lines(_ status: TokenStatus, now: Double) -> String {
        guard let age = status.age else { return TokenMessage.none.text + "\n" + slot(status) }
        let state: TokenMessage = status.isExpired ? .expired : .good
        var lines = [
            TokenMessage.source.text(["value": status.source ?? "-"]), TokenMessage.state.text(["value": state.text]),
            TokenMessage.age.text(["time": interval(seconds(age))]),
        ]
        if let expiry = status.expiresAt {
            let line: TokenMessage = expiry > now ? .expires : .ended
            lines.append(line.text(["time": interval(abs(expiry - now))]))
        }
        if let refresh = status.refreshAt {
            lines.append(
                refresh > now
                    ? TokenMessage.refresh.text(["time": interval(refresh - now)]) : TokenMessage.refreshNext.text)
        }
        return lines.joined(separator: "\n") + "\n" + slot(status)
    }

    /// Who asked for a token last, when the next may be asked for, and whether the platform refused the credentials.
    private static func slot(_ status: TokenStatus) -> String {
        var text = ""
        if let holder = status.holder {
            text += TokenMessage.holder.text(["value": TerminalText.line(holder)]) + "\n"
        }
        if let next = status.nextFetchIn {
            text += TokenMessage.next.text(["time": interval(seconds(next))]) + "\n"
        }
        if let ahead = status.clockAhead, let difference = clockDifference(ahead) {
            text += TokenMessage.clock.text(["difference": difference]) + "\n"
        }
        if let code = status.refusalCode { text += TokenMessage.refused.text(["code": "\(code)"]) + "\n" }
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
        return (ahead > 0 ? FindingMessage.ahead : .behind).text(["time": interval(abs(ahead).rounded())])
    }

    /// `7 h 59 min`, `42 s`: the two largest units.
    static func interval(_ interval: Double) -> String {
        let seconds = Int64(max(0, min(interval, 1e15)))
        if seconds < 60 { return ProgressMessage.seconds.text(["seconds": String(seconds)]) }
        if seconds < 3600 {
            return ProgressMessage.minutes.text(["minutes": String(seconds / 60), "seconds": String(seconds % 60)])
        }
        return ProgressMessage.hours.text(["hours": String(seconds / 3600), "minutes": String(seconds % 3600 / 60)])
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
