import C8Client
import C8HTTP
import C8Platform
import C8Sandbox
import Logging

/// One `c8.http` request on its way: judged, sent, and followed through redirects, each judged anew.
struct ScriptExchange: Sendable {
    let transport: any HTTPTransport
    let grants: NetworkGrants
    let flows: FlowRuns
    let logger: Logger

    struct Answer: Sendable {
        let status: Int
        let headers: [(name: String, value: String)]
        let body: [UInt8]
        /// Where the answer came from, after redirects.
        let url: String
    }

    /// One request on the wire, and what of the script's request is still to go with it.
    private struct Hop {
        var method: String
        var address: WebAddress
        var headers: [(name: String, value: RequestText)]
        var query: [(name: String, value: RequestText)]
        var body: ScriptRequest.Body
        var bodySecrets: [OpaqueSecret]

        var secrets: [OpaqueSecret] { (headers.map(\.value) + query.map(\.value)).flatMap(\.secrets) + bodySecrets }
    }

    /// - Parameter mostBytes: what the script's memory has room for.
    func perform(_ request: ScriptRequest, mostBytes: Int) async throws -> Answer {
        let deadline = ContinuousClock.now + request.timeout
        var hop = Hop(
            method: request.method, address: request.address, headers: request.headers, query: request.query,
            body: request.body, bodySecrets: request.bodySecrets)
        var redirects = 0
        while true {
            try check(hop)
            let revealed = try await RevealedSecrets(hop.secrets)
            let response = try await send(
                hop, revealed, timeout: ContinuousClock.now.duration(to: deadline), request, mostBytes: mostBytes)
            guard request.redirects > 0, let target = try Self.target(of: response, from: hop.address) else {
                return Answer(
                    status: response.status,
                    headers: response.headers.map { ($0.name.lowercased(), revealed.hidden(in: $0.value)) },
                    body: hop.secrets.isEmpty ? response.body : revealed.hidden(in: response.body),
                    url: hop.address.description)
            }
            redirects += 1
            guard redirects <= request.redirects else {
                throw ClientError(
                    kind: .http,
                    message: "\(hop.address.endpoint): more than \(request.redirects) redirects; the last leads to "
                        + "\(target.endpoint)", status: response.status)
            }
            hop = try Self.redirected(hop, to: target, status: response.status)
        }
    }

    private func check(_ hop: Hop) throws {
        try grants.check(hop.address)
        for secret in hop.secrets { try secret.check(hop.address) }
    }

    /// One hop. Within a flow's step, what may change something is written down before it is sent.
    private func send(
        _ hop: Hop, _ revealed: RevealedSecrets, timeout: Duration, _ request: ScriptRequest, mostBytes: Int
    ) async throws -> HTTPResponse {
        let effect = Self.effect(of: hop.method)
        // A script that runs again may do so long after, when others have changed what it replaces.
        return try await flows.writing(
            "\(hop.method) \(hop.address.origin)", effect: effect, unkept: effect == .read ? .read : .write,
            answer: { (Int64($0.status), nil) }
        ) {
            try await exchange(hop, revealed, timeout: timeout, request, mostBytes: mostBytes)
        }
    }

    /// RFC 9110 §9.2: what may be repeated.
    private static func effect(of method: String) -> Effect {
        switch method {
        case "GET", "HEAD", "OPTIONS": .read
        case "PUT", "DELETE": .idempotent
        default: .write
        }
    }

    private func exchange(
        _ hop: Hop, _ revealed: RevealedSecrets, timeout: Duration, _ request: ScriptRequest, mostBytes: Int
    ) async throws -> HTTPResponse {
        var headers: [(name: String, value: String)] = []
        for header in hop.headers { headers.append((header.name, try Self.headerValue(header, revealed))) }
        let given = Set(headers.map { $0.name.lowercased() })
        var body: [UInt8]?
        switch hop.body {
        case .none: body = ["POST", "PUT", "PATCH"].contains(hop.method) ? [] : nil
        case .text(let text): body = text.bytes(revealed)
        case .json(let value):
            let json = try LuaJSON.value(of: value, name: "json") { SecretBox.secret($0).map(revealed.text) }
            body = try JSONSerializer.serialize(json)
            if !given.contains("content-type") { headers.append(("Content-Type", "application/json")) }
        }
        if !given.contains("user-agent") { headers.append(("User-Agent", "c8run")) }
        if !given.contains("accept") { headers.append(("Accept", "*/*")) }
        var query: [(name: String, value: String)] = []
        for pair in hop.query { query.append((pair.name, String(decoding: pair.value.bytes(revealed), as: UTF8.self))) }

        let isRead = hop.method == "GET" || hop.method == "HEAD"
        var wire = HTTPRequest(
            method: hop.method, url: hop.address.adding(query: query).description, headers: headers, body: body,
            timeout: max(timeout, .milliseconds(1)), maximumResponseBytes: min(request.maximumBody, mostBytes),
            reusesConnection: isRead, gate: gate(hop.address))
        wire.isRead = isRead
        let start = ContinuousClock.now
        do throws(HTTPTransportError) {
            let response = try await transport.send(wire)
            log(hop, "\(response.status)", since: start)
            return response
        } catch {
            log(hop, "\(error.kind)", since: start)
            if let cause = error.cause { throw cause }
            if error.kind == .tooLarge {
                let remedy =
                    request.maximumBody <= mostBytes
                    ? "give max_body to take more" : "it does not fit in the script's memory"
                throw ClientError(
                    kind: .limit, message: "\(error.message): more than \(wire.maximumResponseBytes) bytes; \(remedy)",
                    attempts: 1, outcome: isRead ? nil : .unknown)
            }
            throw ClientError(error, operation: nil, effect: isRead ? .read : .write, attempts: 1)
        }
    }

    /// Judges what the host's name leads to; a link-local address with its zone is no address for a grant.
    private func gate(_ address: WebAddress) -> DialGate {
        let grants = grants
        let host =
            if case .address(let literal) = address.host { literal.description } else { address.host.description }
        return DialGate(host: host) { text in
            guard let literal = IPAddress(text) else {
                return SandboxDenial(
                    wanted: "connect to \(address.endpoint) at \(text)", remedy: "it is a link-local address")
            }
            do throws(SandboxDenial) {
                try grants.check(literal, of: address)
                return nil
            } catch {
                return error
            }
        }
    }

    private func log(_ hop: Hop, _ result: String, since start: ContinuousClock.Instant) {
        let milliseconds = Int(start.duration(to: .now) / .milliseconds(1))
        // Without path and query, which may hold what is not for a log.
        logger.debug("http \(hop.method) \(hop.address.origin): \(result) in \(milliseconds) ms")
    }

    private static func headerValue(
        _ header: (name: String, value: RequestText), _ revealed: RevealedSecrets
    ) throws -> String {
        let bytes = header.value.bytes(revealed)
        // RFC 9110 §5.5; a line break would begin another header.
        guard bytes.allSatisfy({ ($0 >= 0x20 && $0 != 0x7f) || $0 == 0x09 }),
            let text = String(validating: bytes, as: UTF8.self)
        else {
            throw ScriptRequest.error("the header \(header.name) holds a line break, a control character or no UTF-8")
        }
        return text
    }

    // MARK: Redirects (RFC 9110 §15.4)

    private static func target(of response: HTTPResponse, from address: WebAddress) throws -> WebAddress? {
        guard [301, 302, 303, 307, 308].contains(response.status), let location = response.header(named: "location")
        else { return nil }
        do throws(WebAddressError) {
            return try address.resolving(location)
        } catch {
            if error.isDisguise {
                throw SandboxDenial(wanted: "follow a redirect that disguises its host", remedy: "\(error)")
            }
            throw ClientError(
                kind: .http, message: "\(address.endpoint): the redirect's URL cannot be used: \(error)",
                status: response.status)
        }
    }

    private static func redirected(_ hop: Hop, to target: WebAddress, status: Int) throws -> Hop {
        if hop.address.scheme == .https, target.scheme == .http {
            throw ClientError(
                kind: .http,
                message:
                    "\(hop.address.endpoint): a redirect leads from https to http (\(target.endpoint)), which is not "
                    + "followed", status: status)
        }
        var next = hop
        next.address = target
        // The server has said where to go; what the script asked is in there if it is still wanted.
        next.query = []
        if target.origin != hop.address.origin {
            next.headers.removeAll { header in
                ["authorization", "cookie"].contains(header.name.lowercased()) || !header.value.secrets.isEmpty
            }
        }
        let becomesGet = status == 303 ? hop.method != "HEAD" : status < 303 && hop.method == "POST"
        if becomesGet {
            next.method = "GET"
            next.body = .none
            next.bodySecrets = []
            next.headers.removeAll { $0.name.lowercased().hasPrefix("content-") }
        }
        return next
    }
}
