import C8Platform
import Testing

struct JSONSerializerTests {
    @Test(
        arguments: [
            (.null, "null"), (.bool(true), "true"), (.integer(.min), "-9223372036854775808"),
            (.integer(1_575_418_076_977_623_040), "1575418076977623040"), (1.0, "1.0"), (0.1, "0.1"),
            (.number(1e300), "1e+300"),
            ("a\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F}数😀", #""a\"\\/\b\f\n\r\t\u0000\u001F数😀""#), ([], "[]"), ([:], "{}"),
            (["b": [1, nil], "a": ["x": ""]], #"{"b":[1,null],"a":{"x":""}}"#),
        ] as [(JSONValue, String)])
    func valuesAreWrittenWithoutWhiteSpace(value: JSONValue, expected: String) throws {
        #expect(try serialize(value) == expected)
    }

    @Test func prettyTextIsIndentedByTwo() throws {
        let value: JSONValue = ["items": [1, ["a": true]], "none": [], "nothing": [:]]
        let expected = """
            {
              "items": [
                1,
                {
                  "a": true
                }
              ],
              "none": [],
              "nothing": {}
            }
            """
        #expect(try serialize(value, pretty: true) == expected)
    }

    @Test func keysAreSortedByTheirBytesWhenAsked() throws {
        let value: JSONValue = ["b": 1, "数": 2, "B": ["z": 1, "y": 2], "a": 3]
        #expect(try serialize(value, sortedKeys: true) == #"{"B":{"y":2,"z":1},"a":3,"b":1,"数":2}"#)
        #expect(try serialize(value) == #"{"b":1,"数":2,"B":{"z":1,"y":2},"a":3}"#)
    }

    @Test(
        arguments: [
            (.number(.nan), "$", "NaN"),
            (["items": [1, 2, 3, ["weight": .number(.infinity)]]], "$.items[3].weight", "infinite number"),
            (["odd key": ["1": .number(-.infinity)]], #"$["odd key"]["1"]"#, "infinite number"),
        ] as [(JSONValue, String, String)])
    func numbersWithoutJSONFormAreNamedByTheirPath(value: JSONValue, path: String, word: String) {
        let error = failure { () throws(JSONError) in try JSONSerializer.serialize(value) }
        #expect(error?.kind == .numberOutOfRange)
        #expect(error?.path == path)
        #expect(error?.description == "\(path): JSON has no \(word)")
    }

    @Test func aValueNestedTooDeepIsRefused() {
        var value: JSONValue = []
        for _ in 0..<JSONParser.greatestDepth {
            value = [value]
        }
        let error = failure { () throws(JSONError) in try JSONSerializer.serialize(value) }
        #expect(error?.kind == .tooDeep)
        #expect(error?.path == "$" + String(repeating: "[0]", count: JSONParser.greatestDepth))
    }
}
