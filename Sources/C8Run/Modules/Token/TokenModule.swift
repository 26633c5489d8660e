import C8Client
import C8Sandbox
import LuaRuntime

/// `c8.token`: what is known of the access token, and with a grant the token itself.
enum TokenModule {
    static let module = HostModule(name: "c8.token") { context in
        let platform = context.configuration.platform
        let policy = context.policy
        return [
            function("status") {
                guard let platform else { throw PlatformCall.noPlatform }
                return [table(try await platform.tokens().status())]
            },
            function("refresh") {
                guard let platform else { throw PlatformCall.noPlatform }
                try await platform.tokens().refresh()
                return [table(try await platform.tokens().status())]
            },
            function("reveal") {
                guard let platform else {
                    try policy.checkToken()
                    throw PlatformCall.noPlatform
                }
                return [try await revealed(platform, policy)]
            },
        ]
    }

    /// The token itself, where that is granted.
    static func revealed(_ platform: PlatformServices, _ policy: SandboxPolicy) async throws -> LuaValue {
        try policy.checkToken()
        let token = try await platform.tokens().token().value
        platform.noteRevealed(token)
        return .string(token.revealForOperator())
    }

    private static func function(
        _ name: String, _ body: @escaping @Sendable () async throws -> [LuaValue]
    ) -> (String, LuaValue) {
        (name, .hostFunction(HostFunction.async(name, staysOnThread: true) { _ in try await body() }))
    }

    /// Ages in seconds, times in seconds since 1970.
    static func table(_ status: TokenStatus) -> LuaValue { .table(LuaTable(fields: fields(status))) }

    static func fields(_ status: TokenStatus) -> [(String, LuaValue)] {
        var fields: [(String, LuaValue)] = []
        // To a script, a token that cannot be used any more is none.
        guard !status.isExpired else { return fields }
        func add(_ name: String, _ seconds: Double?) {
            if let seconds { fields.append((name, .number(seconds))) }
        }
        add("age", status.age.map(seconds))
        add("ttl", status.ttl.map(seconds))
        add("expires_at", status.expiresAt)
        add("refresh_at", status.refreshAt)
        if let source = status.source { fields.append(("source", .string(source))) }
        return fields
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
