/// The envelope around every answer of the platform, as documented on the page 获取 AccessToken.
///
/// Reading it is tolerant where that page contradicts itself or servers were seen to differ, and strict where a wrong
/// guess would hide a failure: without a usable `code` there is no envelope.
package struct Envelope: Sendable, Hashable {
    /// The outcome: 200 is success, anything else a failure (see ``PlatformCode``).
    package let code: Int64
    /// The platform's words, usually Chinese; empty when the answer has none.
    package let message: String
    /// The result, checked but not decoded; nil when it is `null` or missing.
    package let data: JSONBytes?
    /// The server's clock, as sent: the page says seconds while its example has milliseconds, so no unit is assumed
    /// here.
    package let timestamp: Int64?
    /// The id to quote to the platform's operators.
    package let traceID: String?
    /// Details for developers, usually `null`; missing counts as `null`, here and below.
    package let exception: JSONValue
    /// Values for the message's placeholders, usually `null`; some gateways put a `status` here (see ``metaStatus``).
    package let meta: JSONValue
    /// Further fields of an interface's own, usually `null`.
    package let ext: JSONValue

    /// An envelope made by hand.
    package init(
        code: Int64, message: String, data: JSONBytes? = nil, timestamp: Int64? = nil, traceID: String? = nil,
        exception: JSONValue = .null, meta: JSONValue = .null, ext: JSONValue = .null
    ) {
        self.code = code
        self.message = message
        self.data = data
        self.timestamp = timestamp
        self.traceID = traceID
        self.exception = exception
        self.meta = meta
        self.ext = ext
    }

    /// The code with its meaning.
    package var platformCode: PlatformCode {
        PlatformCode(rawValue: code)
    }

    /// Whether the call succeeded: code 200.
    package var isSuccess: Bool {
        platformCode == .success
    }

    /// The number in `meta.status`, if there is one.
    ///
    /// Observed in public clients, not documented: a gateway refuses a token with HTTP 200 and 401 in here.
    package var metaStatus: Int64? {
        meta["status"]?.lenientInteger
    }
}

extension JSONValue {
    /// An integer however it was written: as an integer, a whole number, or decimal digits in a string.
    var lenientInteger: Int64? {
        switch self {
        case .integer(let integer): integer
        case .number(let number): Self.wholeNumber(number)
        case .string(let digits): Int64(digits)
        default: nil
        }
    }

    /// `Int64(exactly:)` by hand: that one calls `trunc`, and a program that links only this room need not have libm.
    private static func wholeNumber(_ number: Double) -> Int64? {
        guard number >= -0x1p63, number < 0x1p63 else { return nil }
        let integer = Int64(number)
        return Double(integer) == number ? integer : nil
    }
}
