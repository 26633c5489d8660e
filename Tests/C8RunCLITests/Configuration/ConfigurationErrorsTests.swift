import Testing

@testable import C8RunCLI

/// Every mistake in a configuration names its file, line and key.
@Suite struct ConfigurationErrorsTests {
    static let broken: [(text: String, message: String)] = [
        (
            "[profiles.a]\nbase_ulr = \"x\"",
            "c.toml:2: profiles.a.base_ulr: is not a key that c8run knows (did you mean base_url?)"
        ),
        ("profile = 1", "c.toml:1: profile: is not a key that c8run knows (did you mean profiles?)"),
        ("\n\n[profiles.a]\naccess_key = 12", "c.toml:4: profiles.a.access_key: must be a string; got an integer"),
        ("[profiles.a]\nbase_url = [\"x\"]", "c.toml:2: profiles.a.base_url: must be a string; got an array"),
        ("[profiles.a]\nbase_url = \"\"", "c.toml:2: profiles.a.base_url: must not be empty"),
        (
            "[profiles.a]\nmax_concurrency = 0",
            "c.toml:2: profiles.a.max_concurrency: must be a whole number from 1 to 10000"
        ),
        (
            "[profiles.a]\nmax_rate = 0",
            "c.toml:2: profiles.a.max_rate: must be a number of requests a second, from 0.001 to 1000000"
        ),
        (
            "[profiles.a]\nmax_rate = \"5\"",
            "c.toml:2: profiles.a.max_rate: must be a number of requests a second, from 0.001 to 1000000"
        ),
        ("[profiles.a]\nmax_attempts = 0", "c.toml:2: profiles.a.max_attempts: must be a whole number from 1 to 20"),
        (
            "[profiles.a]\nretry_codes = 500",
            "c.toml:2: profiles.a.retry_codes: must be an array of codes such as [500]"
        ),
        (
            "[profiles.a]\nretry_codes = [500, \"x\"]",
            "c.toml:2: profiles.a.retry_codes: must hold whole numbers, the platform's codes; got a string"
        ),
        ("profiles = 3", "c.toml:1: profiles: must be a table; got an integer"),
        ("[profiles]\na = true", "c.toml:2: profiles.a: must be a table; got a boolean"),
        (
            "[profiles.a]\ntoken_interval = \"60\"",
            "c.toml:2: profiles.a.token_interval: must be a number of seconds; got a string"
        ),
        (
            "[profiles.a]\ntoken_without_state = 1",
            "c.toml:2: profiles.a.token_without_state: must be true or false; got an integer"
        ),
        (
            "[profiles.a]\ntoken_interval = -1",
            "c.toml:2: profiles.a.token_interval: must be a number of seconds from 0 to 86400"
        ),
        (
            "[profiles.a]\ntoken_interval = nan",
            "c.toml:2: profiles.a.token_interval: must be a number of seconds from 0 to 86400"
        ),
        (
            "[profiles.a]\nsecret_key = \"a\"\nsecret_key_env = \"B\"",
            "c.toml:3: profiles.a.secret_key_env: stands beside secret_key: keep one of them"
        ),
        (
            "[profiles.a]\nsecret_key_command = \"pass c8\"",
            "c.toml:2: profiles.a.secret_key_command: must be an array of the program and its arguments, such as [\"pass\", \"show\", \"c8\"]; got a string"
        ),
        ("[profiles.a]\nsecret_key_command = []", "c.toml:2: profiles.a.secret_key_command: must not be empty"),
        (
            "[profiles.a]\nbindings = [\n  \"x\",\n  4]",
            "c.toml:2: profiles.a.bindings: must be a string; got an integer"
        ),
        (
            "default_profile = \"fatcory\"\n[profiles.factory]",
            "c.toml:1: default_profile: names the profile \"fatcory\", which this file does not have (did you mean factory?)"
        ),
        ("[profiles.a]\nstate = 1979-05-27", "c.toml:2: profiles.a.state: must be a string; got a date or time"),
        (
            "# c\nprofiles = { a = { base_url = \"https://x\", access_ky = \"\" } }",
            "c.toml:2: profiles.a.access_ky: is not a key that c8run knows (did you mean access_key?)"
        ),
        (
            "[profiles]\na.access_ky = \"\"",
            "c.toml:2: profiles.a.access_ky: is not a key that c8run knows (did you mean access_key?)"
        ),
        (
            "[profiles.a.secrets.erp]\nenv = \"E\"",
            "c.toml:1: profiles.a.secrets.erp: says not who gets the secret: add host = \"erp.example.com\""
        ),
        (
            "[profiles.a.secrets.erp]\nhost = \"h\"",
            "c.toml:1: profiles.a.secrets.erp: says not where the secret is: add one of env, file, command"
        ),
        (
            "[profiles.a.secrets.erp]\nhost = \"*.h\"\nenv = \"E\"",
            "c.toml:2: profiles.a.secrets.erp.host: is no host: one host is wanted, not several"
        ),
        (
            "[profiles.a.secrets.erp]\nhost = \"https://h\"\nenv = \"E\"",
            "c.toml:2: profiles.a.secrets.erp.host: is no host: it is a URL: write its host, with a port if only that is meant"
        ),
        (
            "[profiles.a.secrets.erp]\nhost = \"h\"\nenv = \"E\"\nfile = \"f\"",
            "c.toml:4: profiles.a.secrets.erp.file: stands beside env: keep one of them"
        ),
        (
            "[profiles.a.secrets.erp]\nhost = \"h\"\nvalue = \"E\"",
            "c.toml:3: profiles.a.secrets.erp.value: is not a key that c8run knows"
        ),
        ("# \u{0}", "c.toml:1: holds a NUL byte"),
    ]

    @Test(arguments: broken)
    func messageNamesFileLineAndKey(_ text: String, _ message: String) {
        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationFile.parse(Array(text.utf8), path: "c.toml", home: nil)
        }
        #expect(error?.description == message)
    }

    @Test(arguments: [
        ("[profiles.a\nbase_url = \"x\"", 1), ("a = 1\nb =\nc = 2", 2), ("x = \"unterminated", 1), ("a = 1\na = 2", 2),
    ])
    func syntaxErrorNamesFileAndLine(_ text: String, _ line: Int) {
        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationFile.parse(Array(text.utf8), path: "c.toml", home: nil)
        }
        #expect(
            error?.description.hasPrefix("c.toml:\(line): is not valid TOML: ") == true, "\(String(describing: error))")
    }

    @Test func textThatIsNotUTF8IsRefused() {
        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationFile.parse([0x61, 0xff], path: "c.toml", home: nil)
        }
        #expect(error?.description == "c.toml: is not UTF-8 text")
    }

    static let unusable: [(variables: [String: String], request: ConfigurationRequest, message: String)] = [
        (
            [:], ConfigurationRequest(file: "gone.toml"),
            "--config: cannot read the configuration file /work dir/gone.toml: No such file or directory"
        ),
        (
            ["C8_CONFIG": "/gone.toml"], ConfigurationRequest(),
            "C8_CONFIG: cannot read the configuration file /gone.toml: No such file or directory"
        ),
        (
            [:], ConfigurationRequest(profile: "a"),
            "--profile: there is no profile \"a\": no configuration file was found (looked for /home/me/.config/c8run/config.toml)"
        ),
        (
            ["C8_CONFIG": "/ok.toml"], ConfigurationRequest(profile: "factroy"),
            "--profile: /ok.toml has no profile \"factroy\" (did you mean factory?)"
        ),
        (
            ["C8_CONFIG": "/ok.toml", "C8_PROFILE": "zzzzzz"], ConfigurationRequest(),
            "C8_PROFILE: /ok.toml has no profile \"zzzzzz\"; it has \"factory\""
        ),
        (
            ["C8_TOKEN_INTERVAL": "soon"], ConfigurationRequest(),
            "C8_TOKEN_INTERVAL: must be a number of seconds from 0 to 86400; got \"soon\""
        ),
        (
            ["C8_SECRET_KEY": "a", "C8_SECRET_KEY_SIGN": "b"], ConfigurationRequest(),
            "C8_SECRET_KEY_SIGN: stands beside C8_SECRET_KEY: unset one of them"
        ),
    ]

    @Test(arguments: unusable)
    func brokenConfigurationIsReportedAtOnce(
        _ variables: [String: String], _ request: ConfigurationRequest, _ message: String
    ) {
        let loader = TestConfiguration.loader(files: ["/ok.toml": "[profiles.factory]"], variables: variables)
        let error = #expect(throws: ConfigurationError.self) { try loader.load(request) }
        #expect(error?.description == message)
    }

    @Test(arguments: [
        (
            "C8_STATE", "redis://x",
            "C8_STATE: \"redis://\" is no kind of state: give a folder, or a URL such as postgres://user@host/database, or leave it out"
        ),
        (
            "C8_BASE_URL", "http://factory.example",
            "C8_BASE_URL: plain http would send the credentials in the clear to factory.example: use https, or accept it with --allow-insecure-http"
        ),
        ("C8_BASE_URL", "factory.example", "C8_BASE_URL: must begin with https:// (or http:// for this machine)"),
        ("C8_ACCESS_KEY", "key\n", "C8_ACCESS_KEY: holds a space or a control character"),
    ])
    func unusableSettingIsReportedWhenThePlatformIsNeeded(_ name: String, _ value: String, _ message: String) throws {
        var variables = ["C8_BASE_URL": "https://x.example", "C8_ACCESS_KEY": "k", "C8_SECRET_KEY": "s"]
        variables[name] = value
        let layers = try TestConfiguration.loader(variables: variables).load(ConfigurationRequest())
        let error = #expect(throws: ConfigurationError.self) { try layers.platformSettings() }
        #expect(error?.description == message)
    }

    @Test func stateOfAnotherProfileHarmsNobody() throws {
        let text = """
            [profiles.a]
            base_url = "https://a.example"
            access_key = "k"
            secret_key_env = "S"
            [profiles.b]
            state = "redis://db"
            """
        let loader = TestConfiguration.loader(files: ["/c.toml": text], variables: ["C8_CONFIG": "/c.toml"])
        #expect(try loader.load(ConfigurationRequest(profile: "a")).platformSettings().profile == "a")
        let layers = try loader.load(ConfigurationRequest(profile: "b"))
        let error = #expect(throws: ConfigurationError.self) { try layers.state() }
        #expect(error?.description.hasPrefix("/c.toml:6: profiles.b.state: \"redis://\" is no kind of state") == true)
    }

    @Test func insecureHTTPCanBeAccepted() throws {
        let variables = ["C8_BASE_URL": "http://factory.example", "C8_ACCESS_KEY": "k", "C8_SECRET_KEY": "s"]
        let loader = TestConfiguration.loader(variables: variables)
        let layers = try loader.load(ConfigurationRequest(allowInsecureHTTP: true))
        #expect(try layers.platformSettings().baseURL.description == "http://factory.example")
    }

    @Test(arguments: [(0o644, 1), (0o600, 0)] as [(UInt32, Int)])
    func secretInAFileThatOthersCanReadIsWarnedAbout(_ mode: UInt32, _ count: Int) throws {
        let loader = TestConfiguration.loader(
            files: ["/c.toml": "[profiles.a]\nsecret_key = \"canary\""], variables: ["C8_CONFIG": "/c.toml"], mode: mode
        )
        var warnings: [String] = []
        _ = try loader.load(ConfigurationRequest()) { warnings.append($0) }
        #expect(warnings.count == count)
        #expect(!warnings.joined().contains("canary"))
    }
}
