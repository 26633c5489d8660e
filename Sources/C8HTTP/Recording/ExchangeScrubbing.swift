import C8Platform
import OrderedCollections

/// Takes secrets out of exchanges: by the names of headers and fields, and wherever else the scrubber finds them.
struct ExchangeScrubbing {
    /// Nil for names alone.
    let scrubber: (any CassetteScrubber)?

    func scrubbed(_ exchange: RecordedExchange) -> RecordedExchange {
        let outcome: RecordedExchange.Outcome
        switch exchange.outcome {
        case .response(let answer):
            outcome = .response(
                RecordedResponse(
                    status: answer.status, headers: answer.headers.map(scrubbed), body: answer.body.map(scrubbed)))
        case .failure(let failure):
            outcome = .failure(
                RecordedFailure(kind: failure.kind, sent: failure.sent, message: plain(failure.message)))
        }
        return RecordedExchange(request: scrubbed(exchange.request), outcome: outcome, seconds: exchange.seconds)
    }

    func scrubbed(_ request: RecordedRequest) -> RecordedRequest {
        RecordedRequest(
            method: request.method, url: scrubbed(url: request.url), headers: request.headers.map(scrubbed),
            body: request.body.map(scrubbed))
    }

    private func scrubbed(_ header: RecordedHeader) -> RecordedHeader {
        if SecretNames.isSecret(header: header.name) {
            return RecordedHeader(name: header.name, value: SecretNames.placeholder(header.name))
        }
        return RecordedHeader(
            name: header.name,
            value: ["location", "content-location", "link", "refresh"].contains(header.name)
                ? scrubbed(url: header.value) : plain(header.value))
    }

    private func scrubbed(url: String) -> String {
        guard let mark = url.firstIndex(of: "?") else { return plain(url) }
        let query = url.index(after: mark)
        return plain(String(url[..<query]) + pairs(String(url[query...])))
    }

    /// A query, or a form in a query's spelling.
    private func pairs(_ text: String) -> String {
        text.split(separator: "&", omittingEmptySubsequences: false).map { pair in
            guard let equals = pair.firstIndex(of: "="), SecretNames.isSecret(field: String(pair[..<equals])) else {
                return String(pair)
            }
            return String(pair[...equals]) + SecretNames.placeholder(String(pair[..<equals]))
        }.joined(separator: "&")
    }

    private func scrubbed(_ body: RecordedBody) -> RecordedBody {
        switch body {
        case .json(let value, let text):
            let clean = scrubbed(value)
            // The spelling is a second copy; where it held a secret the value alone is enough.
            return .json(clean, text: clean == value ? text : nil)
        case .text(let text): return .text(plain(Self.isForm(text) ? pairs(text) : text))
        case .bytes(let bytes): return .bytes(scrubber?.scrubbed(bytes) ?? bytes)
        case .digest: return body
        case .form(let parts):
            return .form(
                parts.map { part in
                    RecordedPart(
                        name: plain(part.name), fileName: part.fileName.map(plain), type: part.type.map(plain),
                        body: SecretNames.isSecret(field: part.name)
                            ? .text(SecretNames.placeholder(part.name)) : scrubbed(part.body))
                })
        }
    }

    /// Whether a text is in the spelling of a query (application/x-www-form-urlencoded).
    private static func isForm(_ text: String) -> Bool {
        text.contains("=") && !text.utf8.contains { $0 <= 0x20 || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "{") }
    }

    private func scrubbed(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool: return value
        case .integer(let integer):
            let text = String(integer)
            return plain(text) == text ? value : .string(plain(text))
        case .number: return value
        case .string(let text): return .string(plain(text))
        case .array(let elements): return .array(elements.map(scrubbed))
        case .object(let members):
            var clean: OrderedDictionary<String, JSONValue> = [:]
            for (key, member) in members {
                let isSecret = SecretNames.isSecret(field: key) && Self.mayBeSecret(member)
                clean[plain(key)] = isSecret ? .string(SecretNames.placeholder(key)) : scrubbed(member)
            }
            return .object(clean)
        }
    }

    private static func mayBeSecret(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): !text.isEmpty
        case .integer, .number: true
        default: false
        }
    }

    private func plain(_ text: String) -> String {
        guard let bytes = scrubber?.scrubbed(Array(text.utf8)) else { return text }
        return String(decoding: bytes, as: UTF8.self)
    }
}
