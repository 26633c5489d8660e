import C8Platform
import Testing

struct JSONParserTests {
    @Test(
        arguments: [
            ("null", .null), ("true", .bool(true)), ("false", .bool(false)), ("\"\"", ""), (" [ ] ", []), ("{ }", [:]),
            ("\t\r\n 1 \n", 1), ("[1,2]", [1, 2]), ("[[],{}]", [[], [:]]),
            (#"{"a":{"b":[null]}}"#, ["a": ["b": [nil]]]),
            ("\u{FEFF}1", 1),
        ] as [(String, JSONValue)])
    func textIsReadAsItsValue(text: String, expected: JSONValue) throws {
        #expect(try parse(text) == expected)
    }

    @Test(
        arguments: [
            ("0", .integer(0)), ("-0", .integer(0)), ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)), ("1575418076977623040", .integer(1_575_418_076_977_623_040)),
            ("9007199254740993", .integer(9_007_199_254_740_993)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)),
            ("-9223372036854775809", .number(-9_223_372_036_854_775_808)), ("1.0", .number(1)), ("1e3", .number(1000)),
            ("1E+3", .number(1000)), ("-2.5e-3", .number(-0.0025)), ("0.1", .number(0.1)), ("-0.0", .number(-0.0)),
            ("100000000000000000000", .number(1e20)), ("5e-324", .number(.leastNonzeroMagnitude)),
            ("1e-999", .number(0)),
        ] as [(String, JSONValue)])
    func integersStayExactAndOtherNumbersStayNumbers(text: String, expected: JSONValue) throws {
        #expect(try parse(text) == expected)
    }

    @Test(arguments: ["1e999", "-1e400", String(repeating: "9", count: 400)])
    func numbersBeyondADoubleAreRefused(text: String) {
        #expect(failure { () throws(JSONError) in try parse(text) }?.kind == .numberOutOfRange)
    }

    @Test(arguments: [
        (#""a\"\\\/\b\f\n\r\tz""#, "a\"\\/\u{8}\u{C}\n\r\tz"), (#""\u0041\u00e9\u6570""#, "Aé数"),
        (#""\uD83D\uDE00!""#, "😀!"), (#""\ud83d\ude00\u0000""#, "😀\u{0}"), ("\"数码😀\"", "数码😀"),
        (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
    ])
    func escapesAreReplaced(text: String, expected: String) throws {
        #expect(try parse(text) == .string(expected))
    }

    @Test(arguments: [#""\ud83d""#, #""\ude00""#, #""\ud83d\u0041""#, #""\ud83dx""#, #""\ud83d\n""#, #"{"\udc00":1}"#])
    func halfASurrogatePairIsRefused(text: String) {
        #expect(failure { () throws(JSONError) in try parse(text) }?.kind == .encoding)
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xE6, 0x95],
            [0xE6, 0x95, 0x22],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
        ] as [[UInt8]])
    func bytesThatAreNotUTF8AreRefused(bytes: [UInt8]) {
        let text: [UInt8] = [0x22] + bytes + [0x22]
        let error = failure { () throws(JSONError) in try JSONParser.parse(text) }
        #expect(error?.kind == .encoding)
        #expect(error?.position?.offset == 1)
        #expect(failure { () throws(JSONError) in try JSONBytes.parse(text) } == error)
    }

    @Test func aKeyThatComesTwiceKeepsItsLastValue() throws {
        #expect(try parse(#"{"a":1,"b":2,"a":3}"#) == ["a": 3, "b": 2])
    }

    @Test(arguments: [
        ("", 0, 1, 1, "expected a value, found the end of the text"), ("  x", 2, 1, 3, "expected a value, found 'x'"),
        ("tru", 0, 1, 1, "expected a value, found 't'"), ("[1,]", 3, 1, 4, "expected a value, found ']'"),
        ("[1 2]", 3, 1, 4, "expected ',' or ']', found '2'"),
        ("[1", 2, 1, 3, "expected ',' or ']', found the end of the text"),
        ("{\n  \"数\": 1,\n}", 14, 3, 1, "expected a key in double quotes, found '}'"),
        ("{\"数\" 1}", 7, 1, 6, "expected ':', found '1'"),
        ("{a:1}", 1, 1, 2, "expected a key in double quotes or '}', found 'a'"),
        ("1 2", 2, 1, 3, "expected the end of the text, found '2'"),
        ("-", 1, 1, 2, "expected a digit, found the end of the text"),
        ("1.", 2, 1, 3, "expected a digit, found the end of the text"),
        ("1e+x", 3, 1, 4, "expected a digit, found 'x'"),
        ("+1", 0, 1, 1, "expected a value, found '+'"), ("012", 0, 1, 1, "a number must not begin with a needless 0"),
        ("\"a", 2, 1, 3, "expected '\"' at the end of a string, found the end of the text"),
        ("\"a\nb\"", 2, 1, 3, "a control character inside a string must be escaped, found byte 0x0A"),
        ("\"\\x\"", 2, 1, 3, "expected one of \" \\ / b f n r t u after a backslash, found 'x'"),
        ("\"\\u12G4\"", 5, 1, 6, "expected four hexadecimal digits after \\u, found 'G'"),
        ("\u{0}", 0, 1, 1, "expected a value, found byte 0x00"), ("NaN", 0, 1, 1, "expected a value, found 'N'"),
        ("nul\u{0}", 0, 1, 1, "expected a value, found 'n'"),
    ])
    func errorsNameThePlaceAndWhatWasExpected(text: String, offset: Int, line: Int, column: Int, message: String) {
        let error = failure { () throws(JSONError) in try parse(text) }
        #expect(error?.position?.offset == offset)
        #expect(error?.position?.line == line)
        #expect(error?.position?.column == column)
        #expect(error?.message == message)
        #expect(error?.description == "line \(line), column \(column): \(message)")
    }

    @Test func deepNestingIsAnErrorAndNoOverflow() throws {
        #expect(try parse(String(repeating: "[", count: 256) + String(repeating: "]", count: 256)).arrayValue != nil)
        for text in [String(repeating: "[", count: 257), String(repeating: "{\"a\":", count: 1_000_000)] {
            let error = failure { () throws(JSONError) in try parse(text) }
            #expect(error?.kind == .tooDeep)
            #expect(error?.message == "nested deeper than 256 levels")
            #expect(failure { () throws(JSONError) in try JSONBytes.parse(Array(text.utf8)) }?.kind == .tooDeep)
        }
    }

    @Test func aCallerCannotRaiseTheDepthBeyondTheGreatest() throws {
        let depth = JSONParser.greatestDepth
        let deepest = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(try parse(deepest, maximumDepth: .max) == parse(deepest, maximumDepth: depth))
        #expect(
            failure { () throws(JSONError) in try parse("[" + deepest + "]", maximumDepth: .max) }?.kind == .tooDeep)
    }

    @Test func deepNestingBesideEachOtherIsNoDepth() throws {
        #expect(
            try parse("[" + Array(repeating: "[[]]", count: 1000).joined(separator: ",") + "]").arrayValue?.count
                == 1000)
    }
}
