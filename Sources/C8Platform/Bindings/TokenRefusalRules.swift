/// By which signs an answer says that the platform does not accept the token: a table, which bindings files may extend
/// where a gateway has a way of its own.
package struct TokenRefusalRules: Sendable, Hashable {
    /// What an answer has then.
    package enum Sign: Sendable, Hashable {
        /// The envelope's code.
        case code(Int64)
        /// The number in the envelope's `meta.status`.
        case metaStatus(Int64)
        /// The answer's own status.
        case httpStatus(Int)
    }

    /// How a sign is known.
    package enum Evidence: String, Sendable, Hashable, CaseIterable {
        /// By the platform's documentation.
        case documented
        /// By answers that somebody has seen.
        case observed
    }

    /// One line of the table.
    package struct Rule: Sendable, Hashable {
        package let sign: Sign
        package let evidence: Evidence

        package init(_ sign: Sign, _ evidence: Evidence) {
            self.sign = sign
            self.evidence = evidence
        }
    }

    /// The table; of each sign one line.
    package let rules: [Rule]

    package init(_ rules: [Rule] = []) {
        self.rules = rules
    }

    /// Documented: codes 20324012 and 20324013 (page 获取 AccessToken, 3.2). Observed in public clients, not documented:
    /// HTTP 200 with `meta.status` 401, and HTTP 401.
    package static let builtIn = TokenRefusalRules([
        Rule(.code(PlatformCode.tokenRefusedA.rawValue), .documented),
        Rule(.code(PlatformCode.tokenRefusedB.rawValue), .documented),
        Rule(.metaStatus(401), .observed), Rule(.httpStatus(401), .observed),
    ])

    /// Whether an answer has any of the signs.
    ///
    /// - Parameters:
    ///   - code: nil where the answer is no envelope.
    ///   - metaStatus: the number in `meta.status`, if there is one.
    ///   - status: of HTTP.
    package func match(code: Int64?, metaStatus: Int64?, status: Int) -> Bool {
        rules.contains { rule in
            switch rule.sign {
            case .code(let sign): code == sign
            case .metaStatus(let sign): metaStatus == sign
            case .httpStatus(let sign): status == sign
            }
        }
    }

    /// Both tables' lines; where both have a sign, the newer one's.
    package func merging(_ newer: TokenRefusalRules) -> TokenRefusalRules {
        let signs = Set(newer.rules.map(\.sign))
        return TokenRefusalRules(rules.filter { !signs.contains($0.sign) } + newer.rules)
    }
}
