import C8Platform

extension Cassette {
    /// Reads a file's text.
    ///
    /// - Parameter file: the name that errors show.
    /// - Throws: ``CassetteError`` with the line of the damage, or of the exchange that holds it.
    package static func parse(_ bytes: [UInt8], file: String) throws(CassetteError) -> Cassette {
        let root: JSONValue
        do {
            root = try JSONParser.parse(bytes, maximumDepth: JSONParser.greatestDepth)
        } catch {
            throw CassetteError(
                file: file, line: error.position?.line,
                problem: "not JSON: " + (error.position.map { "column \($0.column): " } ?? "") + error.message)
        }
        var index: Int?
        do throws(CassetteNode.Wrong) {
            let head = CassetteNode(root, path: .root)
            guard try head.member("format").string() == format else {
                throw CassetteNode.Wrong(path: .root, problem: "format is not \"\(format)\"")
            }
            let version = try head.member("version").integer()
            guard version == self.version else {
                throw CassetteNode.Wrong(
                    path: .root, problem: "version \(version) is not known to this c8run, which reads \(self.version)")
            }
            var cassette = Cassette()
            for (name, host) in try head.optional("secrets")?.members() ?? [] {
                cassette.secretHosts[name] = try host.string()
            }
            for (number, node) in try head.member("exchanges").elements().enumerated() {
                index = number
                cassette.exchanges.append(try exchange(node))
            }
            return cassette
        } catch {
            throw CassetteError(
                file: file, line: index.map { CassetteLines.line(ofExchange: $0, in: bytes) } ?? 1,
                problem: "\(error.path): \(error.problem)")
        }
    }

    private static func exchange(_ node: CassetteNode) throws(CassetteNode.Wrong) -> RecordedExchange {
        let asked = try node.member("request")
        let request = RecordedRequest(
            method: try asked.member("method").string(), url: try asked.member("url").string(),
            headers: try headers(asked), body: try body(asked))
        return RecordedExchange(
            request: request, outcome: try outcome(node), seconds: try node.optional("seconds")?.number() ?? 0)
    }

    private static func outcome(
        _ node: CassetteNode
    ) throws(CassetteNode.Wrong) -> RecordedExchange.Outcome {
        if let failure = try node.optional("error") {
            guard try node.optional("response") == nil else {
                throw node.wrong("has both a response and an error")
            }
            let (kind, sent) = (try failure.member("kind"), try failure.member("sent"))
            return .failure(
                RecordedFailure(
                    kind: try kind.word(HTTPTransportError.Kind.self),
                    sent: try sent.word(HTTPTransportError.Sent.self),
                    message: try failure.member("message").string()))
        }
        let answer = try node.member("response")
        let status = try answer.member("status").integer()
        guard (100...999).contains(status) else { throw answer.wrong("status \(status) is none of HTTP") }
        return .response(
            RecordedResponse(status: Int(status), headers: try headers(answer), body: try body(answer)))
    }

    private static func headers(_ node: CassetteNode) throws(CassetteNode.Wrong) -> [RecordedHeader] {
        var headers: [RecordedHeader] = []
        for (name, value) in try node.optional("headers")?.members() ?? [] {
            if value.isArray {
                for element in try value.elements() {
                    headers.append(RecordedHeader(name: name, value: try element.string()))
                }
            } else {
                headers.append(RecordedHeader(name: name, value: try value.string()))
            }
        }
        return headers
    }

    private static func body(_ node: CassetteNode) throws(CassetteNode.Wrong) -> RecordedBody? {
        guard let body = try node.optional("body") else { return nil }
        let text = try body.optional("text")?.string()
        if let value = try body.optional("json") { return .json(value.value, text: text) }
        if let text { return .text(text) }
        if let encoded = try body.optional("base64") {
            guard let bytes = Base64.bytes(try encoded.string()) else { throw encoded.wrong("is not base64") }
            return .bytes(bytes)
        }
        if let digest = try body.optional("sha256") {
            return .digest(sha256: try digest.string(), size: try body.member("size").integer())
        }
        guard let form = try body.optional("form") else {
            throw body.wrong("has none of json, text, base64, sha256 and form")
        }
        var parts: [RecordedPart] = []
        for part in try form.elements() {
            let content = try self.body(part) ?? .text("")
            if case .form = content { throw part.wrong("a part of a form cannot be a form") }
            parts.append(
                RecordedPart(
                    name: try part.member("name").string(), fileName: try part.optional("file")?.string(),
                    type: try part.optional("type")?.string(), body: content))
        }
        return .form(parts)
    }
}
