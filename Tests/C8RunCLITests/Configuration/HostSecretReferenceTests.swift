import Testing

@testable import C8RunCLI

@Suite struct HostSecretReferenceTests {
    private let text = """
        [profiles.a]
        secret_key_env = "PLATFORM"
        [profiles.a.secrets.erp]
        env = "ERP"
        host = "erp.example.com:8443"
        [profiles.a.secrets.crm]
        file = "keys/crm"
        host = "10.1.2.3"
        [profiles.b.secrets.mail]
        command = ["pass", "show", "mail"]
        host = "mail.example.com"
        """

    @Test func profileNamesSecretsOfOtherSystems() throws {
        let file = try ConfigurationFile.parse(Array(text.utf8), path: "/etc/c8/c.toml", home: nil)
        let secrets = try #require(file.profiles["a"]).secrets
        #expect(secrets["erp"]?.host == "erp.example.com:8443")
        #expect(secrets["erp"]?.secret.value.source == .environment("ERP"))
        #expect(secrets["crm"]?.secret.value.source == .file("/etc/c8/keys/crm"))
        #expect(file.profiles["b"]?.secrets["mail"]?.secret.value.source == .command(["pass", "show", "mail"]))
    }

    /// Whichever profile is used: a script sees none of them.
    @Test func sourcesOfEveryProfileAreWithheld() throws {
        let file = try ConfigurationFile.parse(Array(text.utf8), path: "/etc/c8/c.toml", home: nil)
        #expect(file.secretVariables == ["PLATFORM", "ERP"])
        #expect(file.secretFiles == ["/etc/c8/keys/crm"])
    }
}
