import C8Platform
import OrderedCollections
import Testing

struct BindingSetTests {
    @Test func aWholeBindingIsRead() throws {
        let set = try bindings(
            """
            {"version": 1, "operations": {"production.orders.list": {
               "method": "POST", "path": "/path/of/{the}/docs", "effect": "read",
               "request": {"orderNo": {"type": "string", "required": true, "description": "单号", "example": "A-1"},
                           "lines": {"type": "array", "items": {"type": "object", "fields": {"n": {"type": "integer"}}}},
                           "free": {}},
               "response": {"total": {"type": "integer"}}, "errors": {"21184031": "错"},
               "source": "页面标题", "paging": {"page": "pageNum", "size": "pageSize", "items": "records", "total": "total"},
               "timeout": 2.5, "multipart": true, "download": true}}}
            """)
        let binding = try #require(set["production.orders.list"])
        #expect(binding.id == "production.orders.list")
        #expect(binding.method == .post)
        #expect(binding.path.text == "/path/of/{the}/docs")
        #expect(binding.path.fieldNames == ["the"])
        #expect(binding.effect == .read)
        #expect(Array(binding.request.keys) == ["orderNo", "lines", "free"])
        #expect(
            binding.request["orderNo"] == FieldSchema(type: .string, required: true, description: "单号", example: "A-1"))
        #expect(binding.request["lines"]?.items?.fields["n"]?.type == .integer)
        #expect(binding.request["free"] == FieldSchema(type: .any))
        #expect(binding.response["total"]?.type == .integer)
        #expect(binding.errors == [21_184_031: "错"])
        #expect(binding.source == "页面标题")
        #expect(binding.paging == Paging(page: "pageNum", size: "pageSize", items: "records", total: "total"))
        #expect(binding.timeoutSeconds == 2.5)
        #expect(binding.multipart)
        #expect(binding.download)
        #expect(set.warnings.isEmpty)
    }

    @Test func whatIsLeftOutHasItsDefault() throws {
        let binding = try #require(try binding(#"{"method": "GET", "path": "/x"}"#))
        #expect(binding.effect == .write, "an operation that nobody calls harmless is not repeated")
        #expect(binding.request.isEmpty && binding.response.isEmpty && binding.errors.isEmpty)
        #expect(binding.source == nil && binding.paging == nil && binding.timeoutSeconds == nil)
        #expect(!binding.multipart && !binding.download)
    }

    @Test(arguments: [
        ("", "bindings.json: line 1, column 1: expected a value, found the end of the text"),
        ("{\n \"version\": 1,\n}", "bindings.json: line 3, column 1: expected a key in double quotes, found '}'"),
        ("[]", "bindings.json: $: expected an object; got an array"),
        (#"{"operations": {}}"#, #"bindings.json: $: expected the key "version""#),
        (#"{"version": 1}"#, #"bindings.json: $: expected the key "operations""#),
        (
            #"{"version": 2, "operations": {}}"#,
            "bindings.json: $.version: expected 1, the only version of this format so far; got 2"
        ),
        (#"{"version": "1", "operations": {}}"#, #"bindings.json: $.version: expected an integer; got "1""#),
        (#"{"version": 1, "operation": {}}"#, "bindings.json: $.operation: unknown key (did you mean operations?)"),
        (#"{"version": 1, "operations": []}"#, "bindings.json: $.operations: expected an object; got an array"),
        (
            #"{"version": 1, "operations": {"production.order.create": {}}}"#,
            #"bindings.json: $.operations["production.order.create"]: expected the id of an operation (did you mean production.orders.create?)"#
        ),
        (
            #"{"version": 1, "operations": {"nothing like it": {}}}"#,
            #"bindings.json: $.operations["nothing like it"]: expected the id of an operation"#
        ),
        (
            #"{"version": 1, "operations": {"guide.platform": {}}}"#,
            #"bindings.json: $.operations["guide.platform"]: expected the id of an operation; this is a guide page, which cannot be called"#
        ),
    ])
    func aBrokenFileIsNamedWithThePlace(text: String, message: String) {
        let error = failure { () throws(BindingError) in try bindings(text) }
        #expect(error?.description == message)
        #expect(error?.kind == .invalidFile)
    }

    @Test(arguments: [
        (#"[]"#, "", "expected an object; got an array"), (#"{"path": "/x"}"#, "", #"expected the key "method""#),
        (#"{"method": "GET"}"#, "", #"expected the key "path""#),
        (
            #"{"method": "FETCH", "path": "/x"}"#, ".method",
            #"expected one of GET, POST, PUT, DELETE, PATCH; got "FETCH""#
        ),
        (#"{"method": "get", "path": "/x"}"#, ".method", #"expected one of GET, POST, PUT, DELETE, PATCH; got "get""#),
        (
            #"{"method": "GET", "path": "x"}"#, ".path",
            #"expected a path such as /order/{orderNo}; "x" has no '/' at its beginning"#
        ),
        (#"{"method": "GET", "path": 1}"#, ".path", "expected a string; got 1"),
        (
            #"{"method": "GET", "path": "/x", "effect": "none"}"#, ".effect",
            #"expected one of read, idempotent, write; got "none""#
        ),
        (#"{"methd": "GET", "path": "/x"}"#, ".methd", "unknown key (did you mean method?)"),
        (
            #"{"method": "GET", "path": "/x", "colour": 1}"#, ".colour",
            "unknown key; expected one of method, path, effect, request, response, errors, source, paging, timeout, multipart, download, imported"
        ),
        (
            #"{"method": "GET", "path": "/x", "timeout": 0}"#, ".timeout",
            "expected a number of seconds above 0, at most 86400; got 0"
        ),
        (
            #"{"method": "GET", "path": "/x", "timeout": "1"}"#, ".timeout",
            #"expected a number of seconds above 0, at most 86400; got "1""#
        ),
        (#"{"method": "GET", "path": "/x", "download": 1}"#, ".download", "expected true or false; got 1"),
        (
            #"{"method": "GET", "path": "/x", "errors": {"E1": "x"}}"#, ".errors.E1",
            "expected an integer as the key, the platform's code"
        ),
        (#"{"method": "GET", "path": "/x", "errors": {"1": 2}}"#, #".errors["1"]"#, "expected a string; got 2"),
        (#"{"method": "GET", "path": "/x", "paging": {"page": "p"}}"#, ".paging", #"expected the key "size""#),
        (
            #"{"method": "GET", "path": "/x", "paging": {"page": ""}}"#, ".paging.page",
            "expected the name of a field; got an empty string"
        ),
        (
            #"{"method": "GET", "path": "/x", "request": {"a": {"typ": "string"}}}"#, ".request.a.typ",
            "unknown key (did you mean type?)"
        ),
        (
            #"{"method": "GET", "path": "/x", "request": {"a": {"type": "text"}}}"#, ".request.a.type",
            #"expected one of string, integer, number, boolean, object, array, file, any; got "text""#
        ),
        (
            #"{"method": "GET", "path": "/x", "request": {"a": "string"}}"#, ".request.a",
            #"expected an object; got "string""#
        ),
        (
            #"{"method": "GET", "path": "/x", "request": {"a": {"type": "string", "items": {}}}}"#, ".request.a.items",
            #"only a field of type "array" has items, this one is "string""#
        ),
        (
            #"{"method": "GET", "path": "/x", "response": {"a": {"fields": {}}}}"#, ".response.a.fields",
            #"only a field of type "object" has fields, this one is "any""#
        ),
    ])
    func aBrokenBindingIsNamedWithThePlace(text: String, place: String, message: String) {
        let error = failure { () throws(any Error) in try binding(text) } as? BindingError
        #expect(error?.description == #"bindings.json: $.operations["production.orders.get"]"# + place + ": " + message)
    }

    @Test func operationsAreSortedAndTheNewerSetWins() throws {
        let older = try bindings(
            #"{"version": 1, "operations": {"products.get": {"method": "GET", "path": "/old"}, "dealers.sync": {"method": "POST", "path": "/d"}}}"#
        )
        let newer = try bindings(#"{"version": 1, "operations": {"products.get": {"method": "POST", "path": "/new"}}}"#)
        let merged = older.merging(newer)
        #expect(merged.operations == ["dealers.sync", "products.get"])
        #expect(merged.count == 2)
        #expect(merged["products.get"]?.path.text == "/new")
        #expect(merged["products.get"]?.method == .post)
        #expect(merged["products.save"] == nil)
    }

    @Test func sendingCredentialsElsewhereIsAllowedButNeverSilent() throws {
        let documented = try bindings(
            #"{"version": 1, "operations": {"auth.get_token": {"method": "POST", "path": "/cncop/ca/v1/applications/get-token"}}}"#
        )
        #expect(documented.warnings.isEmpty)
        let moved = try bindings(
            #"{"version": 1, "operations": {"auth.get_token": {"method": "POST", "path": "/elsewhere"}}}"#)
        #expect(moved["auth.get_token"]?.path.text == "/elsewhere")
        #expect(moved.warnings.count == 1)
        #expect(
            moved.warnings.first?.hasPrefix(
                #"bindings.json: $.operations["auth.get_token"].path: auth.get_token is documented as POST /cncop"#)
                == true)
        #expect(BuiltInBindings.standard.merging(moved).warnings == moved.warnings)
    }
}
