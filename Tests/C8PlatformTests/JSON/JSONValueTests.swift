import C8Platform
import Testing

struct JSONValueTests {
    private let value: JSONValue = ["text": "a", "count": 2, "ratio": 0.5, "on": true, "none": nil, "list": [10, 20]]

    @Test func membersAndElementsAreReachedBySubscripts() {
        #expect(value["text"]?.stringValue == "a")
        #expect(value["count"]?.integerValue == 2)
        #expect(value["on"]?.boolValue == true)
        #expect(value["none"]?.isNull == true)
        #expect(value["missing"] == nil)
        #expect(value["list"]?[1] == 20)
        #expect(value["list"]?[2] == nil)
        #expect(value["list"]?[-1] == nil)
        #expect(value[0] == nil)
        #expect(value["text"]?["a"] == nil)
    }

    @Test func anIntegerIsAlsoANumberButNotTheOtherWayRound() {
        #expect(value["count"]?.numberValue == 2)
        #expect(value["ratio"]?.integerValue == nil)
        #expect(JSONValue.number(1).integerValue == nil)
        #expect(JSONValue.integer(1) != .number(1))
    }

    @Test(
        arguments: [
            (.null, "null"), (true, "boolean"), (1, "integer"), (1.5, "number"), ("", "string"), ([], "array"),
            ([:], "object"),
        ] as [(JSONValue, String)])
    func typesHaveTheNamesThatMessagesUse(value: JSONValue, name: String) {
        #expect(value.typeName == name)
    }

    @Test func aKeyThatComesTwiceInALiteralKeepsItsLastValue() {
        #expect(["a": 1, "b": 2, "a": 3] as JSONValue == ["a": 3, "b": 2])
    }

    @Test func jsonBytesAreTheValueWithoutWhiteSpaceAroundIt() throws {
        #expect(try JSONBytes.parse(Array(" {\"a\": 1} \n".utf8)).bytes == Array("{\"a\": 1}".utf8))
        #expect(failure { () throws(JSONError) in try JSONBytes.parse(Array("{} x".utf8)) }?.kind == .syntax)
        #expect(failure { () throws(JSONError) in try JSONBytes(.number(.nan)) }?.kind == .numberOutOfRange)
    }
}
