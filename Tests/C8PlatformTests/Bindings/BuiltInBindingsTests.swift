import C8Platform
import OrderedCollections
import Testing

struct BuiltInBindingsTests {
    private let bindings = BuiltInBindings.standard

    @Test func onlyWhatIsKnownPubliclyIsBuiltIn() {
        #expect(bindings.operations == ["auth.get_token", "codes.motul.exists"])
        #expect(bindings.operations.allSatisfy { Catalogue.standard[$0]?.kind == .operation })
    }

    @Test func getTokenIsAsDocumented() throws {
        let binding = try #require(bindings["auth.get_token"])
        let request = try binding.makeRequest(body: ["accessKey": "k", "secretKeySign": "s"])
        #expect(request.method == .post)
        #expect(request.target == "/cncop/ca/v1/applications/get-token")
        #expect(request.body == ["accessKey": "k", "secretKeySign": "s"])
        #expect(binding.request.values.allSatisfy { $0.required })
        #expect(
            Set(binding.errors.keys) == [
                200, 500, 21_180_031, 21_180_041, 21_184_031, 21_184_032, 21_184_033, 21_185_002,
            ])
        #expect(binding.source == Catalogue.standard["auth.get_token"]?.title)
    }

    @Test func theObservedOneSaysThatItIsNotDocumented() throws {
        let binding = try #require(bindings["codes.motul.exists"])
        #expect(binding.path.text == "/customer/mote/open/api/v1/codeQuery")
        #expect(binding.effect == .read)
        #expect(binding.source?.contains("observed in public clients, not documented") == true)
    }
}
