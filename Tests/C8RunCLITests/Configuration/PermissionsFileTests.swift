import Testing

@testable import C8RunCLI

@Suite struct PermissionsFileTests {
    private func read(_ text: String) throws -> RunGrants {
        try PermissionsFile.read("/etc/flows/p.toml", home: "/home/o") { _ throws(SmallFileError) in
            SmallFile(bytes: Array(text.utf8), mode: 0o600)
        }
    }

    static let rows: [(text: String, set: @Sendable (inout RunGrants) -> Void)] = [
        ("", { _ in }),
        (
            "[allow]\nread = [\"in\", \"/srv/x\", \"~/y\"]",
            { $0.read = .names(["/etc/flows/in", "/srv/x", "/home/o/y"]) }
        ),
        ("[allow]\nwrite = \"out\"", { $0.write = .names(["/etc/flows/out"]) }),
        ("[allow]\nread = true\nwrite = false", { $0.read = .all }),
        (
            "[allow]\nnet = [\"erp.example.com:443\"]\nenv = [\"A\"]\ntoken = true",
            {
                $0.net = .names(["erp.example.com:443"])
                $0.environment = .names(["A"])
                $0.token = true
            }
        ),
        (
            "[deny]\nread = [\"in/private\"]\nnet = true\nenv = [\"B\"]\nwrite = [\"/w\"]",
            {
                $0.denyRead = .names(["/etc/flows/in/private"])
                $0.denyNet = .all
                $0.denyEnvironment = .names(["B"])
                $0.denyWrite = .names(["/w"])
            }
        ),
    ]

    @Test(arguments: rows.indices)
    func keysBecomeGrants(_ index: Int) throws {
        var expected = RunGrants()
        Self.rows[index].set(&expected)
        #expect(try read(Self.rows[index].text) == expected)
    }

    static let mistakes: [(text: String, message: String)] = [
        ("[alow]", "/etc/flows/p.toml:1: alow: is not a key that c8run knows (did you mean allow?)"),
        ("[allow]\nreed = true", "/etc/flows/p.toml:2: allow.reed: is not a key that c8run knows (did you mean read?)"),
        ("[allow]\nread = 1", "/etc/flows/p.toml:2: allow.read: must be a string; got an integer"),
        ("[allow]\nread = []", "/etc/flows/p.toml:2: allow.read: must not be empty"),
        ("[allow]\ntoken = \"yes\"", "/etc/flows/p.toml:2: allow.token: must be true or false; got a string"),
        ("[deny]\ntoken = true", "/etc/flows/p.toml:2: deny.token: is not a key that c8run knows"),
    ]

    @Test(arguments: mistakes)
    func mistakeNamesFileLineAndKey(_ text: String, _ message: String) {
        let error = #expect(throws: ConfigurationError.self) { try read(text) }
        #expect(error?.description == message)
    }

    @Test func grantsOfFileAndFlagsAddUp() {
        var file = RunGrants()
        (file.read, file.net, file.token) = (.names(["/a"]), .all, true)
        var flags = RunGrants()
        (flags.read, flags.denyRead) = (.names(["b"]), .names(["/a/c"]))
        let both = flags.united(with: file)
        #expect(both.read == .names(["b", "/a"]))
        #expect(both.net == .all)
        #expect(both.denyRead == .names(["/a/c"]))
        #expect(both.token)
        #expect(both.write == nil)
    }
}
