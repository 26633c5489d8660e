import Testing

@testable import C8RunCLI

/// Flag over environment over profile over default, for every setting.
@Suite struct ConfigurationLayersTests {
    private static let file = """
        default_profile = "factory"
        [profiles.factory]
        base_url = "https://profile.example"
        access_key = "profile-key"
        secret_key = "profile-secret"
        bindings = "profile.json"
        state = "/profile/state"
        token_interval = 5
        [profiles.bare]
        base_url = "https://bare.example"
        """

    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var variables: [String: String] = [:]
        var request = ConfigurationRequest()
        var expected: @Sendable (PlatformSettings) -> Bool
    }

    static let rows: [Row] = [
        Row(testDescription: "profile alone") {
            $0.baseURL.description == "https://profile.example" && $0.accessKey == "profile-key"
                && $0.bindings == ["/etc/c8run/profile.json"] && $0.state == .folder("/profile/state")
                && $0.tokenInterval == 5 && $0.profile == "factory"
        },
        Row(testDescription: "environment over profile, base URL", variables: ["C8_BASE_URL": "https://env.example"]) {
            $0.baseURL.description == "https://env.example" && $0.accessKey == "profile-key"
        },
        Row(
            testDescription: "flag over environment, base URL", variables: ["C8_BASE_URL": "https://env.example"],
            request: ConfigurationRequest(baseURL: "https://flag.example")
        ) { $0.baseURL.description == "https://flag.example" },
        Row(testDescription: "environment over profile, access key", variables: ["C8_ACCESS_KEY": "env-key"]) {
            $0.accessKey == "env-key"
        },
        Row(testDescription: "environment over profile, secret", variables: ["C8_SECRET_KEY": "env-secret"]) {
            $0.secret.value == SecretReference(kind: .secretKey, source: .literal(LiteralSecret("env-secret")))
        },
        Row(
            testDescription: "sign of the environment over the profile's secret",
            variables: ["C8_SECRET_KEY_SIGN": "ab"]
        ) { $0.secret.value.kind == .secretKeySign },
        Row(testDescription: "environment after profile, bindings", variables: ["C8_BINDINGS": "env.json"]) {
            $0.bindings == ["/etc/c8run/profile.json", "/work dir/env.json"]
        },
        Row(
            testDescription: "flags last, bindings", variables: ["C8_BINDINGS": "env.json"],
            request: ConfigurationRequest(bindings: ["a.json", "/b.json"])
        ) {
            $0.bindings == ["/etc/c8run/profile.json", "/work dir/env.json", "/work dir/a.json", "/b.json"]
        },
        Row(testDescription: "environment over profile, state", variables: ["C8_STATE": "here"]) {
            $0.state == .folder("/work dir/here")
        },
        Row(testDescription: "environment over profile, interval", variables: ["C8_TOKEN_INTERVAL": "0.25"]) {
            $0.tokenInterval == 0.25
        },
        Row(testDescription: "an empty variable counts as unset", variables: ["C8_BASE_URL": ""]) {
            $0.baseURL.description == "https://profile.example"
        },
        Row(
            testDescription: "profile of the environment over the default one",
            variables: ["C8_PROFILE": "bare", "C8_ACCESS_KEY": "k", "C8_SECRET_KEY": "s"]
        ) { $0.profile == "bare" && $0.state == .folder("/home/me/.local/state/c8run") && $0.tokenInterval == 60 },
        Row(
            testDescription: "profile of the flag over the environment's", variables: ["C8_PROFILE": "bare"],
            request: ConfigurationRequest(profile: "factory")
        ) { $0.profile == "factory" },
    ]

    @Test(arguments: rows)
    func strongerPlaceWins(_ row: Row) throws {
        let loader = TestConfiguration.loader(
            files: ["/etc/c8run/config.toml": Self.file],
            variables: row.variables.merging(["C8_CONFIG": "/etc/c8run/config.toml"]) { own, _ in own })
        let settings = try loader.load(row.request).platformSettings()
        #expect(row.expected(settings), "\(settings)")
    }

    @Test func environmentAloneIsEnough() throws {
        let loader = TestConfiguration.loader(variables: [
            "C8_BASE_URL": "http://127.0.0.1:8080/", "C8_ACCESS_KEY": "k", "C8_SECRET_KEY": "s",
        ])
        let settings = try loader.load(ConfigurationRequest()).platformSettings()
        #expect(settings.profile == "environment")
        #expect(settings.baseURL.description == "http://127.0.0.1:8080")
        #expect(settings.bindings.isEmpty)
    }

    @Test(arguments: [
        ("HOME", "/home/me/.config/c8run/config.toml"), ("XDG_CONFIG_HOME", "/xdg/c8run/config.toml"),
    ])
    func defaultFileFollowsTheXDGFolders(_ variable: String, _ path: String) throws {
        let loader = TestConfiguration.loader(
            files: [path: Self.file], variables: variable == "HOME" ? [:] : [variable: "/xdg"])
        #expect(try loader.load(ConfigurationRequest()).platformSettings().profile == "factory")
    }

    @Test func relativeXDGFoldersAreIgnored() {
        let folders = TestConfiguration.folders(variables: ["XDG_STATE_HOME": "here", "XDG_CONFIG_HOME": "there"])
        #expect(folders.defaultStateFolder == "/home/me/.local/state/c8run")
        #expect(folders.defaultConfigurationFile == "/home/me/.config/c8run/config.toml")
    }

    @Test func nothingIsNeededBeforeThePlatformIsUsed() throws {
        let layers = try TestConfiguration.loader().load(ConfigurationRequest())
        let error = #expect(throws: ConfigurationError.self) { try layers.platformSettings() }
        #expect(error?.description.hasPrefix("no base_url: set --base-url, C8_BASE_URL") == true)
    }

    @Test func missingSettingNamesFileAndKey() throws {
        let loader = TestConfiguration.loader(
            files: ["/c.toml": "[profiles.bare]\nbase_url = \"https://bare.example\"\n"],
            variables: ["C8_CONFIG": "/c.toml"])
        let chosen = try loader.load(ConfigurationRequest(profile: "bare"))
        let missing = #expect(throws: ConfigurationError.self) { try chosen.platformSettings() }
        #expect(
            missing?.description
                == "/c.toml: profiles.bare.access_key: missing: add it to the profile, or set C8_ACCESS_KEY")
        let unchosen = try loader.load(ConfigurationRequest())
        let error = #expect(throws: ConfigurationError.self) { try unchosen.platformSettings() }
        #expect(error?.description.contains("choose a profile with --profile: \"bare\"") == true)
    }
}
