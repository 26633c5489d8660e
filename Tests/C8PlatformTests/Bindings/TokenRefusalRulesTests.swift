import C8Platform
import Testing

struct TokenRefusalRulesTests {
    @Test func whatIsBuiltInSaysHowItIsKnown() {
        let rules = BuiltInBindings.standard.tokenRefusals.rules
        #expect(rules.filter { $0.evidence == .documented }.map(\.sign) == [.code(20_324_012), .code(20_324_013)])
        #expect(rules.filter { $0.evidence == .observed }.map(\.sign) == [.metaStatus(401), .httpStatus(401)])
    }

    @Test(
        arguments: [
            (20_324_012, nil, 200, true), (20_324_013, nil, 200, true), (20_324_014, nil, 200, false),
            (200, 401, 200, true), (200, 400, 200, false), (nil, 401, 200, true), (nil, nil, 401, true),
            (nil, nil, 403, false), (200, nil, 200, false),
        ] as [(Int64?, Int64?, Int, Bool)])
    func anySignWillDo(code: Int64?, metaStatus: Int64?, status: Int, isRefusal: Bool) {
        #expect(TokenRefusalRules.builtIn.match(code: code, metaStatus: metaStatus, status: status) == isRefusal)
    }

    private static func file(_ refusals: String) -> [UInt8] {
        Array(#"{"version": 1, "operations": {}, "token_refusals": \#(refusals)}"#.utf8)
    }

    @Test func fileExtendsTheTable() throws {
        let own = #"[{"code": 99, "evidence": "documented"}, {"http_status": 403}, {"meta_status": 401}]"#
        let set = try BindingSet.parse(Self.file(own), file: "b.json")
        #expect(set.tokenRefusals.rules.map(\.evidence) == [.documented, .observed, .observed])
        let all = BuiltInBindings.standard.merging(set).tokenRefusals
        #expect(all.rules.count == 6)
        #expect(all.match(code: 99, metaStatus: nil, status: 200))
        #expect(all.match(code: 20_324_012, metaStatus: nil, status: 200))
        #expect(all.match(code: nil, metaStatus: nil, status: 403))
    }

    @Test func longFileExtendsItToo() throws {
        let long = String(repeating: " ", count: 40 << 10)
        let set = try BindingSet.open(Self.file(#"[{"code": 99}]\#(long)"#), file: "b.json")
        #expect(set.tokenRefusals.match(code: 99, metaStatus: nil, status: 200))
        #expect(throws: BindingError.self) { try BindingSet.open(Self.file(#"[{"cod": 99}]\#(long)"#), file: "b.json") }
    }

    @Test(arguments: [
        ("{}", "$.token_refusals: expected an array; got an object"),
        ("[{}]", "$.token_refusals[0]: expected one of code, meta_status and http_status"),
        (
            #"[{"code": 1, "http_status": 401}]"#,
            "$.token_refusals[0]: expected one of code, meta_status and http_status"
        ),
        (#"[{"code": 1}, {"code": "x"}]"#, #"$.token_refusals[1].code: expected an integer; got "x""#),
        (#"[{"code": 200}]"#, "$.token_refusals[0].code: 200 is success, not a refusal"),
        (#"[{"meta_status": 204}]"#, "$.token_refusals[0].meta_status: 204 is success, not a refusal"),
        (#"[{"http_status": 500}]"#, "$.token_refusals[0].http_status: expected a status from 400 to 499"),
        (#"[{"http": 401}]"#, "$.token_refusals[0].http: unknown key"),
        (
            #"[{"code": 1, "evidence": "guessed"}]"#,
            #"$.token_refusals[0].evidence: expected one of documented, observed; got "guessed""#
        ),
    ])
    func mistakeIsNamedWithItsPlace(refusals: String, message: String) {
        let error = #expect(throws: BindingError.self) { try BindingSet.parse(Self.file(refusals), file: "b.json") }
        #expect(error?.description.hasPrefix("b.json: \(message)") == true, "\(String(describing: error))")
    }
}
