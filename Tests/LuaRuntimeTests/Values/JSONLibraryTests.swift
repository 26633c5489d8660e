import LuaRuntime
import Testing

@Suite struct JSONLibraryTests {
    @Test(arguments: [
        "null", "true", "[]", "{}", "[1,2,3]", "{\"a\":[]}", "{\"a\":{}}", "9223372036854775807",
        "-9223372036854775808",
        "1575418076977623040", "\"\"", "\"数码\"", "[null,1]", "1.5", "-0.0", "1e+300", "[[],{}]", "\"\\u0000\\u001f\"",
        "{\"a\":1.0}",
    ])
    func textSurvivesTheRoundTrip(text: String) async throws {
        #expect(
            try await run("return json.encode(json.decode(...))", arguments: [.string(text)]).literal == "'\(text)'")
    }

    @Test(arguments: [
        ("\"\\ud83d\\ude00\"", "'😀'"), ("\"\\u4e2d\"", "'中'"), (" [ 1 , 2 ] ", "{1, 2}"), ("1e2", "100.0"),
        ("18446744073709551616", "1.8446744073709552e+19"), ("\"a\\/b\\n\"", "'a/b\n'"),
    ])
    func textIsDecoded(text: String, expected: String) async throws {
        #expect(try await run("return json.decode(...)", arguments: [.string(text)]).literal == expected)
    }

    @Test(arguments: [
        "", "[", "[1", "[1,]", "{", "{\"a\"}", "{\"a\":}", "{a:1}", "01", "1.", "1e", "-", "+1", "tru", "nul", "\"",
        "\"\\x\"",
        "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\u{1}\"", "1 2", "[1]]", "NaN", "'a'",
    ])
    func malformedTextNamesThePlace(text: String) async throws {
        let error = try await failure(of: "json.decode(\(luaString(text)))")
        #expect(error.message.contains("JSON: "))
        #expect(error.message.contains("line 1, column"))
    }

    @Test(arguments: ["1e400", "-1e999", "1e308000000000000000000000", String(repeating: "9", count: 400)])
    func numberThatNoFloatCanHoldIsRefusedWithItsPlace(number: String) async throws {
        let error = try await failure(of: "json.decode('{\"a\": \(number)}')")
        #expect(error.message.hasSuffix("JSON: the number is too large at line 1, column 7"), "\(error.message)")
    }

    @Test(arguments: [("1.7976931348623157e308", "1.7976931348623157e+308"), ("1e-400", "0.0"), ("-1e-999", "-0.0")])
    func numberThatIsLargeOrSmallIsTheNearestFloat(number: String, expected: String) async throws {
        #expect(try await run("return json.decode('\(number)')").literal == expected)
    }

    @Test func invalidUTF8IsRefusedBothWays() async throws {
        let bytes = LuaValue.string(LuaString(bytes: [0x22, 0xC0, 0xAF, 0x22]))
        let decoded = try await run("local ok, e = pcall(json.decode, ...) return ok, e.kind", arguments: [bytes])
        #expect(decoded.literal == "false, 'invalid'")
        let encoded = try await run("local ok, e = pcall(json.encode, {a = {'\\xff'}}) return ok, e.message")
        #expect(encoded.literal.contains("$.a[1] is not valid UTF-8"))
    }

    @Test(arguments: [
        ("local t = {} t.a = {b = t} return t", "$.a.b contains itself (a cycle)"),
        ("return {a = {1, print}}", "$.a[2] is a function"),
        ("return {weight = 0/0}", "$.weight is NaN"),
        ("return {weight = 1/0}", "$.weight is infinite"),
        ("return {1, 2, x = 3}", "$ has both names and array positions"),
        ("return {[1] = 1, [3] = 3, [9] = 9}", "$ is an array with gaps"),
        ("return {[true] = 1}", "$ has a key of type boolean"),
        ("local t = {} for _ = 1, 250 do t = {t} end return t", "is nested too deep"),
        ("return {co = coroutine.create(print)}", "$.co is a thread"),
        ("return {a = json.object{[1] = 1, ['1'] = 2}}", "$.a has the name \"1\" twice"),
    ])
    func whatJSONCannotHoldIsNamedByItsPlace(source: String, message: String) async throws {
        let error = try await failure(of: "json.encode((function() \(source) end)())")
        #expect(error.message.contains(message))
    }

    @Test(arguments: [
        ("json.array()", "[]"), ("json.array{}", "[]"), ("{}", "{}"), ("json.object{}", "{}"),
        ("json.object{5}", "{\"1\":5}"),
        ("{json.null}", "[null]"), ("{a = json.null}", "{\"a\":null}"), ("{1, 2.5, 'x', true}", "[1,2.5,\"x\",true]"),
    ])
    func marksDecideWhatAnEmptyTableIs(source: String, expected: String) async throws {
        #expect(try await run("return json.encode(\(source))").literal == "'\(expected)'")
    }

    @Test func sortedAndPretty() async throws {
        let results = try await run(
            "return json.encode({b = {1, 2}, a = {}, c = {}}, {pretty = true, sort_keys = true})")
        #expect(results.literal == "'{\n  \"a\": {},\n  \"b\": [\n    1,\n    2\n  ],\n  \"c\": {}\n}'")
    }

    @Test func optionThatIsNoneIsRefused() async throws {
        let error = try await failure(of: "json.encode({}, {prety = true})")
        #expect(error.message.hasSuffix("unknown option 'prety' of encode; there are pretty and sort_keys"))
    }

    @Test func deepTextIsRefusedNotFollowed() async throws {
        let error = try await failure(of: "json.decode(('['):rep(100000))")
        #expect(error.message.contains("nested too deep"))
    }

    /// Mutations of valid texts, from a fixed seed: decoding gives a value or an error, never anything else.
    @Test func mutatedTextNeverBreaksTheDecoder() async throws {
        let source = """
            local seed = 12345
            local function random(n) seed = (seed * 1103515245 + 12345) % 2147483648 return seed % n + 1 end
            local texts = {'{"a":[1,2,{"b":"\\\\u00e9\\\\ud83d\\\\ude00"}],"c":-1.5e10,"d":null}', '[[],{},"x\\\\n",true,false,12345678901234567890]'}
            local accepted = 0
            for i = 1, 20000 do
              local text = texts[random(#texts)]
              for _ = 1, random(4) do
                local at = random(#text)
                text = text:sub(1, at - 1) .. string.char(random(256) - 1) .. text:sub(at + random(2))
              end
              local ok, value = pcall(json.decode, text)
              if ok then
                accepted = accepted + 1
                local again = json.encode(value)
                assert(json.encode(json.decode(again)) ~= nil)
              else
                assert(value.kind == 'invalid')
              end
            end
            return accepted > 0
            """
        #expect(try await run(source).literal == "true")
    }

    private func luaString(_ text: String) -> String {
        "'" + text.utf8.map { "\\" + ($0 < 10 ? "00" : $0 < 100 ? "0" : "") + "\($0)" }.joined() + "'"
    }
}
