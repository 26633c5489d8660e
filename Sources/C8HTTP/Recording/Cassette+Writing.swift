import C8Platform
import OrderedCollections

// How a cassette is written: indented, with one order of keys, so that two recordings can be compared line by line.

extension Cassette {
    /// The file's text.
    package var text: [UInt8] {
        var text = Self.beginning(secretHosts: secretHosts)
        for (index, exchange) in exchanges.enumerated() { text += Self.entry(exchange, isFirst: index == 0) }
        return text + Self.end(isEmpty: exchanges.isEmpty)
    }

    /// What stands before the first exchange.
    static func beginning(secretHosts: [String: String]) -> [UInt8] {
        var head: OrderedDictionary<String, JSONValue> = [
            "format": .string(format), "version": .integer(version),
        ]
        if !secretHosts.isEmpty {
            let pairs = secretHosts.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
            head["secrets"] = .object(OrderedDictionary(uniqueKeysWithValues: pairs))
        }
        let text = (try? JSONSerializer.serialize(.object(head), pretty: true)) ?? []
        return text.dropLast(2) + Array(",\n  \"exchanges\": [".utf8)
    }

    static func entry(_ exchange: RecordedExchange, isFirst: Bool) -> [UInt8] {
        var text = Array((isFirst ? "\n    " : ",\n    ").utf8)
        // No value of a request or an answer is too deep or infinite: all were read from texts.
        for byte in (try? JSONSerializer.serialize(json(exchange), pretty: true)) ?? [] {
            text.append(byte)
            // Within strings a line break is escaped.
            if byte == UInt8(ascii: "\n") { text += Array("    ".utf8) }
        }
        return text
    }

    static func end(isEmpty: Bool) -> [UInt8] { Array((isEmpty ? "]\n}\n" : "\n  ]\n}\n").utf8) }

    private static func json(_ exchange: RecordedExchange) -> JSONValue {
        var request: OrderedDictionary<String, JSONValue> = [
            "method": .string(exchange.request.method), "url": .string(exchange.request.url),
        ]
        request["headers"] = json(exchange.request.headers)
        request["body"] = exchange.request.body.map(json)
        var members: OrderedDictionary<String, JSONValue> = ["request": .object(request)]
        switch exchange.outcome {
        case .response(let answer):
            var response: OrderedDictionary<String, JSONValue> = ["status": .integer(Int64(answer.status))]
            response["headers"] = json(answer.headers)
            response["body"] = answer.body.map(json)
            members["response"] = .object(response)
        case .failure(let failure):
            members["error"] = [
                "kind": .string(failure.kind.rawValue), "sent": .string(failure.sent.rawValue),
                "message": .string(failure.message),
            ]
        }
        members["seconds"] = .number(exchange.seconds)
        return .object(members)
    }

    /// Nil for none. Of a name that comes more than once the values are a list.
    private static func json(_ headers: [RecordedHeader]) -> JSONValue? {
        guard !headers.isEmpty else { return nil }
        var values: OrderedDictionary<String, [String]> = [:]
        for header in headers { values[header.name, default: []].append(header.value) }
        return .object(
            values.mapValues { $0.count == 1 ? .string($0[0]) : .array($0.map { .string($0) }) })
    }

    private static func json(_ body: RecordedBody) -> JSONValue {
        switch body {
        case .json(let value, nil): return ["json": value]
        case .json(let value, let text?): return ["json": value, "text": .string(text)]
        case .text(let text): return ["text": .string(text)]
        case .bytes(let bytes): return ["base64": .string(Base64.text(bytes))]
        case .digest(let sha256, let size):
            return ["sha256": .string(sha256), "size": .integer(size), "note": "too long to be kept here"]
        case .form(let parts):
            return [
                "form": .array(
                    parts.map { part in
                        var members: OrderedDictionary<String, JSONValue> = ["name": .string(part.name)]
                        members["file"] = part.fileName.map { .string($0) }
                        members["type"] = part.type.map { .string($0) }
                        members["body"] = json(part.body)
                        return .object(members)
                    })
            ]
        }
    }
}
