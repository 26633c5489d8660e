import Glibc
import Synchronization
import Testing

@testable import C8RunCLI

/// Real files and real programs.
@Suite struct SecretReaderTests {
    private static let origin = SettingOrigin.file(path: "c.toml", line: 3)
    private let warnings = Warnings()

    private final class Warnings: Sendable {
        let all = Mutex<[String]>([])
    }

    private func read(
        _ source: SecretReference.Source, kind: SecretReference.Kind = .secretKey, variables: [String: String] = [:]
    ) async throws -> String {
        let warnings = warnings
        let reader = SecretReader(
            environment: { variables[$0] }, warn: { text in warnings.all.withLock { $0.append(text) } })
        return try await reader.read(Setting(SecretReference(kind: kind, source: source), from: Self.origin))
    }

    private func failure(
        _ source: SecretReference.Source, kind: SecretReference.Kind = .secretKey
    ) async -> String? {
        await #expect(throws: ConfigurationError.self) { try await read(source, kind: kind) }?.description
    }

    @Test(arguments: [
        ("s3cret\n", "s3cret"), ("s3cret\r\n", "s3cret"), ("s3cret", "s3cret"), ("a\n\n", "a\n"), (" a ", " a "),
    ])
    func fileLosesOneLineBreakAtItsEnd(_ content: String, _ expected: String) async throws {
        let file = try TemporaryFile(content, mode: 0o600)
        defer { file.remove() }
        #expect(try await read(.file(file.path)) == expected)
        #expect(warnings.all.withLock { $0 }.isEmpty)
    }

    @Test func keyFileThatOthersCanReadIsWarnedAbout() async throws {
        let file = try TemporaryFile("canary", mode: 0o644)
        defer { file.remove() }
        #expect(try await read(.file(file.path)) == "canary")
        let said = warnings.all.withLock { $0 }
        #expect(said.count == 1)
        #expect(said.first?.contains("chmod 600 \(file.path)") == true)
        #expect(!said.joined().contains("canary"))
    }

    @Test func environmentIsReadByName() async throws {
        #expect(try await read(.environment("FACTORY"), variables: ["FACTORY": "x"]) == "x")
        #expect(await failure(.environment("FACTORY")) == "c.toml:3: the environment variable FACTORY is not set")
    }

    @Test func commandRunsWithoutAShell() async throws {
        #expect(try await read(.command(["printf", "%s\n", "$HOME;`x`"])) == "$HOME;`x`")
    }

    @Test(arguments: [
        (["/nowhere/program"], "c.toml:3: the command /nowhere/program cannot be started: No such file or directory"),
        (["sh", "-c", "echo canary; exit 3"], "c.toml:3: the command sh ended with exit code 3"),
        (["sh", "-c", "echo canary; kill -9 $$"], "c.toml:3: the command sh was ended by signal 9"),
        (["true"], "c.toml:3: the command true is empty"),
        (["sh", "-c", "yes canary"], "c.toml:3: the command sh printed more than 65536 bytes"),
    ])
    func commandThatFailsIsNamedWithoutItsOutput(_ arguments: [String], _ message: String) async {
        #expect(await failure(.command(arguments)) == message)
    }

    @Test func commandThatHangsIsKilled() async {
        let error = await #expect(throws: SecretCommandError.self) {
            try await SecretCommand(arguments: ["sleep", "100"], limit: 10, timeoutSeconds: 0).run()
        }
        #expect(error?.reason == "took longer than 0 s")
    }

    @Test(arguments: ["5D41402ABC4B2A76B9719D911017C592", "abc", "5d41402abc4b2a76b9719d911017c59g"])
    func signThatIsNoneIsRefusedUnseen(_ text: String) async {
        let message = await failure(.literal(LiteralSecret(text)), kind: .secretKeySign)
        #expect(message?.contains("32 lower-case hex digits") == true)
        #expect(message?.contains(text) == false)
    }

    @Test func signIsAccepted() async throws {
        let sign = "5d41402abc4b2a76b9719d911017c592"
        #expect(try await read(.literal(LiteralSecret(sign)), kind: .secretKeySign) == sign)
    }

    @Test func dumpedConfigurationShowsNoSecret() throws {
        let loader = TestConfiguration.loader(
            files: ["/c.toml": "[profiles.a]\nsecret_key = \"canary\""],
            variables: ["C8_CONFIG": "/c.toml", "C8_SECRET_KEY": "canary"])
        let layers = try loader.load(ConfigurationRequest(profile: "a"))
        var dumped = "\(layers) \(String(reflecting: layers))"
        dump(layers, to: &dumped)
        #expect(!dumped.contains("canary"))
    }
}
