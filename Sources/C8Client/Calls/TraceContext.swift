/// The trace that one process's calls belong to, for whoever looks for them in the logs of gateways (W3C Trace Context, level
/// 1, §3.2).
struct TraceContext: Sendable {
    static let header = "traceparent"
    /// Belongs to a `traceparent` and means nothing beside another (§3.3).
    private static let stateHeader = "tracestate"

    /// 16 bytes as hexadecimal digits, not all zero.
    let traceID: String
    /// What the header's value begins with.
    private let beginning: [UInt8]

    init() {
        traceID = Self.digits(.random(in: 1 ... .max)) + Self.digits(.random(in: .min ... .max))
        beginning = Array("00-\(traceID)-".utf8)
    }

    /// The headers of one request: those of the call's span where somebody traces this process, else this process's own
    /// trace. A script that takes part in a trace of its own names it itself.
    func headers(for call: OutgoingCall) -> [(name: String, value: String)] {
        if call.options.headers.isEmpty, call.span == nil { return [(Self.header, next())] }
        let named = Set(call.options.headers.map { $0.name.lowercased() })
        var headers: [(name: String, value: String)] = []
        for (name, value) in call.span?.headers ?? [:]
        where CallOptions.isAllowed(name, value) && !named.contains(name.lowercased()) {
            headers.append((name, value))
        }
        let isNamed = named.contains(Self.header)
        let isInjected = headers.contains { $0.name.lowercased() == Self.header }
        if isNamed || !isInjected { headers.removeAll { $0.name.lowercased() == Self.stateHeader } }
        if !isNamed, !isInjected { headers.append((Self.header, next())) }
        return headers
    }

    /// The header's value for one request, each with a parent id of its own: version 00, sampled.
    func next() -> String {
        let parent = max(1, RequestNumbers.shared.next())
        return String(unsafeUninitializedCapacity: 55) { text in
            _ = text.update(fromContentsOf: beginning)
            var place = beginning.count
            Self.write(parent, to: text, at: &place)
            for byte in "-01".utf8 {
                text[place] = byte
                place += 1
            }
            return place
        }
    }

    private static func digits(_ number: UInt64) -> String {
        String(unsafeUninitializedCapacity: 16) { text in
            var place = 0
            write(number, to: text, at: &place)
            return place
        }
    }

    private static func write(_ number: UInt64, to text: UnsafeMutableBufferPointer<UInt8>, at place: inout Int) {
        for index in 0..<16 {
            let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * index)) & 15
            text[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
            place += 1
        }
    }
}
