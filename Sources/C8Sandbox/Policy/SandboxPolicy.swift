/// What a script may touch. Everything is denied unless it is granted here, by the operator.
package struct SandboxPolicy: Sendable {
    package enum EnvironmentGrant: Sendable, Hashable {
        case none
        case names(Set<String>)
        case all
    }

    /// Variables that the script may read.
    package var environment: EnvironmentGrant
    /// Variables that the script may not read, whatever ``environment`` says.
    package var deniedEnvironment: EnvironmentGrant = .none
    /// Variables that no grant reaches: they hold the platform's secrets.
    package var withheldEnvironment: Set<String>
    /// Whether the script may see the access token.
    package var token: Bool
    /// Policies that bound this one: they must allow it, too.
    package var ceilings: [SandboxPolicy] = []

    package init(
        environment: EnvironmentGrant = .none,
        withheldEnvironment: Set<String> = ["C8_SECRET_KEY", "C8_SECRET_KEY_SIGN"], token: Bool = false
    ) {
        self.environment = environment
        self.withheldEnvironment = withheldEnvironment
        self.token = token
    }

    /// Decides whether a variable may be read.
    package func checkEnvironment(_ name: String) throws(SandboxDenial) {
        if withheldEnvironment.contains(name) {
            throw SandboxDenial(
                wanted: "read the environment variable \(name)", remedy: "it holds a secret, which no grant opens")
        }
        let isDenied =
            switch deniedEnvironment {
            case .all: true
            case .names(let names): names.contains(name)
            case .none: false
            }
        if isDenied {
            throw SandboxDenial(
                wanted: "read the environment variable \(name)",
                remedy: "--deny-env closes it; leave that out to allow it")
        }
        let isAllowed =
            switch environment {
            case .all: true
            case .names(let names): names.contains(name)
            case .none: false
            }
        if !isAllowed {
            throw SandboxDenial(
                wanted: "read the environment variable \(name)",
                remedy: "run again with --allow-env=\(name) to allow it")
        }
        for ceiling in ceilings where (try? ceiling.checkEnvironment(name)) == nil {
            throw SandboxDenial(
                wanted: "read the environment variable \(name)",
                remedy: SandboxDenial.beyondCeiling("--allow-env=\(name)"))
        }
    }

    /// Decides whether the access token may be shown.
    package func checkToken() throws(SandboxDenial) {
        if !token {
            throw SandboxDenial(wanted: "see the access token", remedy: "run again with --allow-token to allow it")
        }
        for ceiling in ceilings where (try? ceiling.checkToken()) == nil {
            throw SandboxDenial(wanted: "see the access token", remedy: SandboxDenial.beyondCeiling("--allow-token"))
        }
    }
}
