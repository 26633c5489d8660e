/// The trace that one process's calls belong to, for whoever looks for them in the logs of gateways (W3C Trace Context, level
/// 1, §3.2).
struct TraceContext: Sendable {
    static let header = "traceparent"

    /// 16 bytes as hexadecimal digits, not all zero.
    let traceID: String

    init() {
        traceID = Self.digits(.random(in: 1 ... .max)) + Self.digits(.random(in: .min ... .max))
    }

    /// The header's value for one request, each with a parent id of its own: version 00, sampled.
    func next() -> String {
        "00-\(traceID)-\(Self.digits(.random(in: 1 ... .max)))-01"
    }

    private static func digits(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
