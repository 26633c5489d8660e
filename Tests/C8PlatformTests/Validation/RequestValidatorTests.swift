import C8Platform
import Testing

struct RequestValidatorTests {
    private static let schema = #"""
        {"method": "POST", "path": "/o/{id}", "request": {
          "orderNo": {"type": "string", "required": true, "description": "订单编号"},
          "quantity": {"type": "integer", "required": true, "description": "数量,\n大于0"},
          "weight": {"type": "number"}, "urgent": {"type": "boolean"}, "anything": {"type": "any"},
          "address": {"type": "object", "fields": {"city": {"type": "string", "required": true}}},
          "free": {"type": "object"},
          "items": {"type": "array", "items": {"type": "object", "fields": {
             "code": {"type": "string", "required": true, "description": "数码"}, "count": {"type": "integer"}}}},
          "tags": {"type": "array", "items": {"type": "string"}}, "photo": {"type": "file"}}}
        """#

    private func check(_ text: String, files: Set<String> = []) throws -> JSONValue {
        let bound = try #require(try binding(Self.schema))
        return try RequestValidator.check(try parse(text), files: files, against: bound)
    }

    /// Members that make a body whole.
    private static let whole = #""id": 7, "orderNo": "A-1", "quantity": 5"#

    @Test(arguments: [
        "", #", "weight": 1, "urgent": false, "anything": [1, "x"]"#, #", "weight": null"#,
        #", "address": {"city": "上海"}, "free": {"any": {"thing": 1}}"#,
        #", "items": [{"code": "X", "count": 1}, {"code": "Y"}], "tags": ["a"]"#,
    ])
    func whatFitsIsLeftAsItIs(rest: String) throws {
        let text = "{\(Self.whole)\(rest)}"
        #expect(try check(text) == parse(text))
    }

    @Test(arguments: [
        (#""tags": {}"#, #""tags": []"#), (#""items": {}"#, #""items": []"#), (#""free": []"#, #""free": {}"#),
        (#""items": [{"code": "X", "count": 3.0}]"#, #""items": [{"code": "X", "count": 3}]"#),
    ])
    func whatLuaCannotTellApartFollowsTheSchema(given: String, sent: String) throws {
        #expect(try check("{\(Self.whole), \(given)}") == parse("{\(Self.whole), \(sent)}"))
    }

    @Test(arguments: [
        (#"{"id": 1, "orderNo": "A"}"#, "$.quantity: required, but missing (数量, 大于0)"),
        (#"{"id": 1, "orderNo": null, "quantity": 1}"#, "$.orderNo: required, but missing (订单编号)"),
        (#"{"orderNo": "A", "quantity": 1}"#, "$.id: required, but missing"),
        (
            "{}",
            "$.orderNo: required, but missing (订单编号); $.quantity: required, but missing (数量, 大于0); $.id: required, but missing"
        ),
        (#"{"id": 1, "orderNo": 12, "quantity": 1}"#, "$.orderNo: expected a string, got the integer 12 (订单编号)"),
        (
            #"{"id": 1, "orderNo": "A", "quantity": "5"}"#,
            #"$.quantity: expected an integer, got the string "5" (数量, 大于0)"#
        ),
        (#"{"id": 1, "orderNo": "A", "quantity": 1.5}"#, "$.quantity: expected an integer, got 1.5 (数量, 大于0)"),
        ("{\(whole), \"weight\": true}", "$.weight: expected a number, got true"),
        ("{\(whole), \"urgent\": 1}", "$.urgent: expected a boolean, got the integer 1"),
        ("{\(whole), \"quantiy\": 1}", "$.quantiy: unknown field (did you mean quantity?) (数量, 大于0)"),
        (
            "{\(whole), \"zzzzzzzz\": 1}",
            "$.zzzzzzzz: unknown field; there are orderNo, quantity, weight, urgent, anything, address, free, items, tags, photo, id"
        ),
        (
            "{\(whole), \"address\": {\"town\": \"X\"}}",
            "$.address.city: required, but missing; $.address.town: unknown field; there are city"
        ),
        ("{\(whole), \"address\": \"X\"}", #"$.address: expected an object, got the string "X""#),
        ("{\(whole), \"items\": [{\"code\": \"X\"}, {\"count\": 1}]}", "$.items[1].code: required, but missing (数码)"),
        ("{\(whole), \"items\": {\"code\": \"X\"}}", "$.items: expected an array, got an object"),
        ("{\(whole), \"tags\": [\"a\", 1]}", "$.tags[1]: expected a string, got the integer 1"),
        ("{\(whole), \"photo\": \"x.jpg\"}", #"$.photo: expected a file: c8.file(path); got the string "x.jpg""#),
    ])
    func whatDoesNotFitIsNamedWithItsPlaceAndDescription(text: String, expected: String) throws {
        let error = failure { () throws(any Error) in try check(text) } as? BindingError
        #expect(error?.kind == .invalidRequest)
        #expect(error?.description == "production.orders.get: \(expected)")
    }

    @Test func filesAreFieldsToo() throws {
        #expect(try check("{\(Self.whole)}", files: ["photo"]) == parse("{\(Self.whole)}"))
        let misspelt =
            failure { () throws(any Error) in try check("{\(Self.whole)}", files: ["phto"]) } as? BindingError
        #expect(misspelt?.message == "unknown field (did you mean photo?)")
        let wrong = failure { () throws(any Error) in try check("{\(Self.whole)}", files: ["weight"]) } as? BindingError
        #expect(wrong?.description.contains("$.weight: expected a number, got a file") == true)
    }

    @Test func manyProblemsAreCutShort() throws {
        let items = (0..<40).map { _ in "{}" }.joined(separator: ",")
        let error =
            failure { () throws(any Error) in try check("{\(Self.whole), \"items\": [\(items)]}") } as? BindingError
        #expect(error?.message.hasSuffix("; and 32 more") == true)
    }

    @Test func withoutASchemaAnythingGoes() throws {
        let bound = try #require(try binding(#"{"method": "POST", "path": "/o"}"#))
        #expect(try RequestValidator.check(["x": 1.0], against: bound) == ["x": 1.0])
    }
}
