import C8Run
import Testing

@testable import C8RunCLI

@Suite struct AdviceTests {
    private func advice(
        _ kind: ScriptError.Kind, code: Int64? = nil, operation: String? = nil, outcome: String? = nil,
        isRefusal: Bool = false
    ) -> String? {
        var error = ScriptError(kind: kind, message: "m")
        (error.code, error.operation, error.outcome, error.isCredentialRefusal) = (code, operation, outcome, isRefusal)
        return Advice(error).text
    }

    @Test func aWriteThatMayHaveHappenedOutweighsTheRest() {
        for kind in [ScriptError.Kind.network, .timeout, .http, .api] {
            #expect(advice(kind, outcome: "unknown") == HintMessage.outcomeUnknown.text)
        }
        #expect(advice(.unresolved, outcome: "unknown") == HintMessage.unresolved.text)
    }

    @Test func codesOfTheTokenPageHaveTheirOwnAdvice() {
        #expect(advice(.api, code: 21_184_031, isRefusal: true) == HintMessage.keyOrSecret.text)
        #expect(advice(.api, code: 21_184_032, isRefusal: true) == HintMessage.applicationDisabled.text)
        #expect(advice(.api, code: 20_324_012) == HintMessage.tokenRefused.text)
        #expect(advice(.http, isRefusal: true) == HintMessage.keyOrSecret.text)
    }

    @Test func operationsAreNamedWhereTheCatalogueHasThem() {
        #expect(advice(.api, code: 1, operation: "production.orders.get")?.contains("production.orders.get") == true)
        #expect(advice(.api, code: 1, operation: "GET /x") == nil)
        #expect(advice(.unbound, operation: "products.get")?.contains("c8run api import") == true)
    }

    @Test(arguments: [ScriptError.Kind.runtime, .compile, .cancelled, .limit])
    func whatAScriptDidItselfNeedsNoAdvice(_ kind: ScriptError.Kind) { #expect(advice(kind) == nil) }

    @Test(arguments: Language.allCases)
    func adviceIsInTheLanguage(_ language: Language) {
        let text = Language.$current.withValue(language) { advice(.network) }
        #expect(text?.contains(where: MessageTests.isChinese) == (language == .chinese))
    }
}
