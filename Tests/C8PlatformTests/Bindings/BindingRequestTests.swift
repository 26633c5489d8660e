import C8Platform
import Testing

struct BindingRequestTests {
    private func request(_ method: String, _ path: String, _ body: JSONValue) throws -> PlatformRequest {
        let made = try binding(#"{"method": "\#(method)", "path": "\#(path)"}"#)
        return try #require(made).makeRequest(body: body)
    }

    private func message(_ method: String, _ path: String, _ body: JSONValue) -> String? {
        let error = failure { () throws(any Error) in try request(method, path, body) } as? BindingError
        #expect(error?.kind == .invalidRequest)
        return error?.description
    }

    @Test(arguments: ["POST", "PUT", "PATCH"])
    func fieldsGoToTheBodyAndPlaceholdersToThePath(method: String) throws {
        let request = try request(
            method, "/o/{orderNo}/c/{n}", ["orderNo": "A 1/数?", "n": 1_575_418_076_977_623_040, "codes": ["x"]])
        #expect(request.method.rawValue == method)
        #expect(request.target == "/o/A%201%2F%E6%95%B0%3F/c/1575418076977623040")
        #expect(request.body == ["codes": ["x"]])
        #expect(request.query.isEmpty)
    }

    @Test(arguments: ["GET", "DELETE"])
    func withGetAndDeleteTheRestGoesToTheQuery(method: String) throws {
        let request = try request(
            method, "/o/{orderNo}",
            ["orderNo": "A", "b c": "1&2=3", "none": nil, "on": true, "n": 5, "x": 1.5, "many": ["p", 2]])
        #expect(request.target == "/o/A?b%20c=1%262%3D3&on=true&n=5&x=1.5&many=p&many=2")
        #expect(request.body == nil)
    }

    @Test(arguments: [nil, [:], []] as [JSONValue])
    func noFieldsMakeAnEmptyObjectOrNoQuery(body: JSONValue) throws {
        #expect(try request("POST", "/o", body).body == [:])
        #expect(try request("GET", "/o", body).target == "/o")
        #expect(try request("GET", "/o", body).body == nil)
    }

    @Test func aBodyThatIsNoObjectIsSentWhereThePathNeedsNothing() throws {
        #expect(try request("POST", "/o", [1, 2]).body == [1, 2])
        #expect(message("GET", "/o", [1]) == "production.orders.get: $: expected an object of fields, got array")
        #expect(
            message("POST", "/o/{a}", "text") == "production.orders.get: $: expected an object of fields, got string")
    }

    @Test(
        arguments: [
            (
                [:],
                "production.orders.get: $.orderNo: the path /o/{orderNo} needs this field, but the body does not have it"
            ),
            (
                nil,
                "production.orders.get: $.orderNo: the path /o/{orderNo} needs this field, but the body does not have it"
            ),
            (
                ["orderNo": nil],
                "production.orders.get: $.orderNo: the path /o/{orderNo} needs this field, but the body does not have it"
            ),
            (
                ["orderNo": ""],
                "production.orders.get: $.orderNo: the path /o/{orderNo} needs this field, but it is empty"
            ),
            (
                ["orderNo": ["a"]],
                "production.orders.get: $.orderNo: the path /o/{orderNo} needs this field as a string or a number, got array"
            ),
            (
                ["orderNo": .number(.nan)],
                "production.orders.get: $.orderNo: the path /o/{orderNo} needs this field as a string or a number, got number"
            ),
            (
                ["orderNo": ".."],
                "production.orders.get: $: the fields make the path /o/.., which has a segment '..', which climbs or stays in the tree"
            ),
            (
                ["orderNo": "."],
                "production.orders.get: $: the fields make the path /o/., which has a segment '.', which climbs or stays in the tree"
            ),
            (
                ["orderNo": "../x"],
                "production.orders.get: $: the fields make the path /o/..%2Fx, which has a segment '..', which climbs or stays in the tree"
            ),
            (
                ["orderNo": "a\\..\\x"],
                "production.orders.get: $: the fields make the path /o/a%5C..%5Cx, which has a segment '..', which climbs or stays in the tree"
            ),
            (
                ["orderNo": "..;v=1"],
                "production.orders.get: $: the fields make the path /o/..%3Bv%3D1, which has a segment '..', which climbs or stays in the tree"
            ),
            (
                ["orderNo": "a\u{0}"],
                "production.orders.get: $: the fields make the path /o/a%00, which has an encoded control character"
            ),
            (
                ["orderNo": "a\r\nHost: x"],
                "production.orders.get: $: the fields make the path /o/a%0D%0AHost%3A%20x, which has an encoded control character"
            ),
        ] as [(JSONValue, String)])
    func aPlaceholderThatCannotBeFilledIsNamed(body: JSONValue, expected: String) {
        #expect(message("POST", "/o/{orderNo}", body) == expected)
    }

    @Test func twoPlaceholdersCannotJoinToADotSegment() {
        #expect(message("POST", "/o/{a}{b}", ["a": ".", "b": "."])?.contains("a segment '..'") == true)
    }

    @Test(
        arguments: [
            (
                ["a": ["b": 1]],
                "production.orders.get: $.a: GET sends its fields in the query, which cannot hold object"
            ),
            (
                ["a": [1, [2]]],
                "production.orders.get: $.a[1]: GET sends its fields in the query, which cannot hold array"
            ),
            (["a": [nil]], "production.orders.get: $.a[0]: GET sends its fields in the query, which cannot hold null"),
            (
                ["a": .number(.infinity)],
                "production.orders.get: $.a: GET sends its fields in the query, which cannot hold number"
            ),
        ] as [(JSONValue, String)])
    func whatAQueryCannotHoldIsNamed(body: JSONValue, expected: String) {
        #expect(message("GET", "/o", body) == expected)
    }
}
