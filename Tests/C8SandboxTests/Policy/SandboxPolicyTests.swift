import C8Sandbox
import Testing

@Suite struct SandboxPolicyTests {
    @Test(arguments: [
        (SandboxPolicy.EnvironmentGrant.none, "HOME", false), (.all, "HOME", true), (.names(["HOME"]), "HOME", true),
        (.names(["HOME"]), "PATH", false), (.all, "C8_SECRET_KEY", false),
        (.names(["C8_SECRET_KEY_SIGN"]), "C8_SECRET_KEY_SIGN", false),
        (.all, "FACTORY_SECRET", false),
    ])
    func environmentIsDeniedUnlessGrantedAndSecretsAlways(
        grant: SandboxPolicy.EnvironmentGrant, name: String, isAllowed: Bool
    ) {
        var policy = SandboxPolicy(environment: grant)
        policy.withheldEnvironment.insert("FACTORY_SECRET")
        if isAllowed {
            #expect(throws: Never.self) { try policy.checkEnvironment(name) }
        } else {
            #expect(throws: SandboxDenial.self) { try policy.checkEnvironment(name) }
        }
    }

    @Test func denialNamesTheFlagThatWouldGrant() {
        let denial = #expect(throws: SandboxDenial.self) { try SandboxPolicy().checkEnvironment("HOME") }
        #expect(denial?.description.contains("--allow-env=HOME") == true)
        let token = #expect(throws: SandboxDenial.self) { try SandboxPolicy().checkToken() }
        #expect(token?.description.contains("--allow-token") == true)
    }

    @Test(arguments: [
        (
            SandboxPolicy(environment: .all, token: true), SandboxPolicy(environment: .names(["HOME"]), token: true),
            true
        ),
        (SandboxPolicy(environment: .all, token: true), SandboxPolicy(), false),
        (SandboxPolicy(), SandboxPolicy(environment: .all, token: true), false),
        (
            SandboxPolicy(environment: .names(["HOME"]), token: true), SandboxPolicy(environment: .all, token: true),
            true
        ),
    ])
    func policyIsBoundByItsCeiling(own: SandboxPolicy, ceiling: SandboxPolicy, isAllowed: Bool) {
        var policy = own
        policy.ceilings = [ceiling]
        #expect(((try? policy.checkEnvironment("HOME")) != nil) == isAllowed)
        #expect((try? policy.checkEnvironment("PATH")) == nil || ceiling.environment == .all && own.environment == .all)
        #expect(((try? policy.checkToken()) != nil) == isAllowed)
    }
}
