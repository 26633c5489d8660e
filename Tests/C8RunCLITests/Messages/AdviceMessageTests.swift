import C8Postgres
import C8Run
import C8Store
import Logging
import Testing

@testable import C8RunCLI

/// Advice of other rooms, recognised in what they say.
@Suite struct AdviceMessageTests {
    private func advice(_ text: String) -> String? {
        Language.$current.withValue(.chinese) { AdviceMessage.within(text) }
    }

    @Test(arguments: [
        (
            "t:1: the script may not read /tmp/中 x: run again with --allow-read=/tmp/中 x to allow it",
            "如需允许，请加上 --allow-read=/tmp/中 x 重新运行"
        ),
        ("unknown operation a.creat; did you mean a.create, a.get?", "是否想写 a.create, a.get？"),
        ("$.ordrNo: unknown field (did you mean orderNo?) (单号)", "是否想写 orderNo？"),
        (
            "no base_url: set --base-url, C8_BASE_URL, or write a configuration file with a profile",
            "缺少 base_url：请设置 --base-url, C8_BASE_URL，或写入配置文件的 profile"
        ),
        ("x; record it again with --record, or mend it by hand", "请用 --record 重新录制，或手工修正"),
    ])
    func adviceIsRecognised(_ text: String, _ told: String) {
        #expect(advice(text) == told)
        #expect(AdviceMessage.within(text) == nil)
    }

    @Test(arguments: StateStoreError.Kind.allCases)
    func everyRemedyOfTheStateIsKnown(_ kind: StateStoreError.Kind) {
        #expect(advice(StateStoreError(kind, path: "/a b", problem: "p").remedy) != nil)
    }

    @Test(arguments: PostgresError.Kind.allCases)
    func everyRemedyOfTheDatabaseIsKnown(_ kind: PostgresError.Kind) {
        let text = PostgresError(kind, at: "db.example/c8run", "p").description
        #expect(advice(text) != nil, "\(text)")
    }

    @Test func whatGivesNoAdviceGetsNone() {
        #expect(advice("t:1: attempt to index a nil value (local 'x')") == nil)
        #expect(advice("") == nil)
    }

    /// The sandbox's own words, from the sandbox itself.
    @Test(arguments: [
        "c8.fs.read('/x')", "c8.http.get('http://a.example')", "os.getenv('HOME')", "c8.token.reveal()",
        "io.open('x')", "os.remove('x')", "c8.production.orders.creat{}", "require('c8.test')",
    ])
    func refusalsAreTranslated(_ code: String) async throws {
        let host = ScriptHost(
            configuration: ScriptHost.Configuration(
                standardOutput: { _ in }, logger: Logger(label: "t", factory: { _ in SwiftLogNoOpLogHandler() })))
        let error = await #expect(throws: ScriptError.self) { try await host.run(Script(code)) }
        let message = try #require(error?.message)
        #expect(advice(message) != nil, "\(message)")
    }
}
