import C8Platform

/// Hands out tokens and checks them, as the page 获取 AccessToken says.
///
/// What the page leaves open is decided here. The checks come in this order: access key empty, sign empty, no such
/// application, disabled, sign wrong, too often. The rate limit counts successful fetches of one access key only: a
/// refused call does not start a new minute, nor does it prolong one.
struct TokenDesk: Sendable {
    private struct IssuedToken {
        let accessKey: String
        var expiresAt: Double
    }

    /// Why a token was refused.
    enum TokenProblem: Error {
        /// Missing, made up, or replaced by a newer one: 20324012. The page does not tell the two codes apart.
        case unknown
        /// Its time is over: 20324013.
        case expired
    }

    private var applications: [String: Application]
    private var tokens: [String: IssuedToken] = [:]
    private var generator: SeededGenerator
    private let signingKey: [UInt8]
    private let ttl: Double
    private let interval: Double
    private let replacesOld: Bool

    init(_ configuration: EmulatorConfiguration, applications: [Application]) {
        self.applications = Dictionary(applications.map { ($0.accessKey, $0) }, uniquingKeysWith: { first, _ in first })
        generator = SeededGenerator(seed: configuration.seed, stream: 3)
        signingKey = Array(generator.hexadecimal(draws: 4).utf8)
        ttl = configuration.tokenTTL
        interval = configuration.tokenInterval
        replacesOld = configuration.newTokenReplacesOld
    }

    // MARK: get-token

    /// Answers get-token.
    mutating func fetch(_ fields: Fields, now: Double) throws(Refusal) -> Answer {
        guard let accessKey = try fields.optionalText("accessKey", maximum: 256) else {
            return .documented(21_180_031, "Access Key不能为空")
        }
        guard let sign = try fields.optionalText("secretKeySign", maximum: 256) else {
            return .documented(21_180_041, "密钥不能为空")
        }
        guard let application = applications[accessKey] else { return .documented(21_184_033, "应用账号不存在") }
        switch application.state {
        case .broken: return .documented(500, "未知错误")
        case .disabled: return .documented(21_184_032, "应用账号被禁用")
        case .working: break
        }
        guard sign == application.secretKeySign else { return .documented(21_184_031, "应用账号或密钥不正确") }
        if let last = application.lastFetch, now - last < interval {
            return .documented(21_185_002, "获取Token超出频率限制")
        }
        guard let token = issue(for: application, now: now) else { return .documented(500, "未知错误") }
        return .success([
            "accessToken": .string(token),
            "tokenTtl": .string(Self.iso8601(seconds: ttl)),
            "tokenTtlSeconds": Int64(exactly: ttl).map { .integer($0) } ?? .number(ttl),
        ])
    }

    private mutating func issue(for application: Application, now: Double) -> String? {
        // The claims of the page's example; `app` is itself JSON in a string there.
        let details: JSONValue = [
            "accessKey": .string(application.accessKey), "appId": .string(String(application.id)),
        ]
        guard let detailsText = try? JSONSerializer.serialize(details) else { return nil }
        let claims: JSONValue = [
            "iss": "c8run.emulator",
            "app": .string(String(decoding: detailsText, as: UTF8.self)),
            "sub": .string(String(application.id)),
            "exp": .integer(WallClock.milliseconds(now + ttl)),
            "iat": .integer(WallClock.milliseconds(now)),
            "jti": .string(generator.hexadecimal(draws: 2)),
        ]
        guard let token = try? JSONWebToken.make(claims: claims, key: signingKey) else { return nil }
        if replacesOld {
            tokens = tokens.filter { $0.value.accessKey != application.accessKey }
        } else if tokens.count >= 10_000 {
            // Long runs must not grow; a token forgotten long after its end is merely unknown instead of expired.
            tokens = tokens.filter { $0.value.expiresAt > now }
        }
        tokens[token] = IssuedToken(accessKey: application.accessKey, expiresAt: now + ttl)
        applications[application.accessKey]?.lastFetch = now
        return token
    }

    /// A duration as Java's `Duration.toString` writes it: `PT8H`, `PT1M30S`, `PT0.5S`.
    static func iso8601(seconds: Double) -> String {
        let whole = Int64(seconds)
        let fraction = seconds - Double(whole)
        let hours = whole / 3600
        let minutes = whole / 60 % 60
        let rest = Double(whole % 60) + (fraction * 1000).rounded() / 1000
        var text = "PT"
        if hours > 0 { text += "\(hours)H" }
        if minutes > 0 { text += "\(minutes)M" }
        if rest > 0 || text == "PT" {
            text += (Int64(exactly: rest).map { String($0) } ?? String(rest)) + "S"
        }
        return text
    }

    // MARK: Checks

    /// Checks the `Authorization` header of a call: the bare token.
    func check(_ authorization: String?, now: Double) throws(TokenProblem) {
        guard let authorization, let token = tokens[authorization] else { throw .unknown }
        guard now < token.expiresAt else { throw .expired }
    }

    /// Ends the life of every token that was handed out so far.
    mutating func expireAll(now: Double) {
        for token in tokens.keys {
            tokens[token]?.expiresAt = now
        }
    }
}

extension Answer {
    /// A failure with a code that the page lists, always with HTTP 200.
    static func documented(_ code: Int64, _ message: String) -> Answer {
        Answer(code: code, message: message)
    }
}
