import C8Platform
import OrderedCollections

extension ExchangeScrubbing {
    /// Tells the scrubber what stands in places that are for secrets alone, as it is before anything is taken out.
    func learn(
        url: String, requestHeaders: [(name: String, value: String)], requestBody: RecordedBody?,
        responseHeaders: [(name: String, value: String)], responseBody: RecordedBody?
    ) {
        guard let scrubber else { return }
        if let mark = url.firstIndex(of: "?") { learn(pairs: url[url.index(after: mark)...], scrubber) }
        if let requestBody { learn(requestBody, scrubber) }
        for header in requestHeaders + responseHeaders where SecretNames.isSecret(header: header.name) {
            for content in Self.contents(of: header) { scrubber.learn(content, as: header.name.lowercased()) }
        }
        if let responseBody { learn(responseBody, scrubber) }
    }

    /// What is secret in a header: the value, behind its scheme or within its cookies.
    private static func contents(of header: (name: String, value: String)) -> [String] {
        let name = header.name.lowercased()
        if name == "cookie" || name == "set-cookie" {
            // Behind the first pair of Set-Cookie stand attributes (RFC 6265 §4.1).
            let pairs = header.value.split(separator: ";").prefix(name == "cookie" ? .max : 1)
            return pairs.compactMap { pair in
                pair.firstIndex(of: "=").map { String(pair[pair.index(after: $0)...]) }
            }
        }
        let words = header.value.split(separator: " ", maxSplits: 1)
        guard name.hasSuffix("authorization"), words.count == 2 else { return [header.value] }
        let credentials = String(words[1])
        guard words[0].lowercased() == "basic", let pair = Base64.bytes(credentials),
            let colon = pair.firstIndex(of: UInt8(ascii: ":"))
        else { return [credentials] }
        return [credentials, String(decoding: pair[(colon + 1)...], as: UTF8.self)]
    }

    private func learn(pairs text: Substring, _ scrubber: any CassetteScrubber) {
        for pair in text.split(separator: "&") {
            guard let equals = pair.firstIndex(of: "=") else { continue }
            let name = String(pair[..<equals])
            guard SecretNames.isSecret(field: name) else { continue }
            let content = String(pair[pair.index(after: equals)...])
            scrubber.learn(String(decoding: PercentEncoding.decode(Array(content.utf8)), as: UTF8.self), as: name)
        }
    }

    private func learn(_ body: RecordedBody, _ scrubber: any CassetteScrubber) {
        switch body {
        case .json(let value, _): learn(value, scrubber)
        case .text(let text): if text.contains("=") { learn(pairs: text[...], scrubber) }
        case .bytes, .digest: break
        case .form(let parts):
            for part in parts {
                if SecretNames.isSecret(field: part.name), case .text(let text) = part.body {
                    scrubber.learn(text, as: part.name)
                }
                learn(part.body, scrubber)
            }
        }
    }

    private func learn(_ value: JSONValue, _ scrubber: any CassetteScrubber) {
        switch value {
        case .array(let elements): for element in elements { learn(element, scrubber) }
        case .object(let members):
            for (key, member) in members {
                if SecretNames.isSecret(field: key) {
                    if case .string(let text) = member { scrubber.learn(text, as: key) }
                    if case .integer(let integer) = member { scrubber.learn(String(integer), as: key) }
                }
                learn(member, scrubber)
            }
        default: break
        }
    }
}
