import C8Platform
import Testing

/// A long file is read as far as a script needs it, and says the same as when it is read whole.
struct LongBindingFileTests {
    /// All operations of the catalogue, with a description that makes the file long.
    private static func file(
        _ first: String = #"{"method": "GET", "path": "/own"}"#, extra: String = "", references: String = "{}"
    ) -> [UInt8] {
        let words = String(repeating: "说明", count: 200)
        var operations: [String] = []
        for (index, entry) in Catalogue.standard.operations.dropFirst().enumerated() {
            let rest =
                #"{"method": "POST", "path": "/a", "request": {"f": {"type": "string", "description": "\#(words)"}}}"#
            operations.append("\"\(entry.id)\": \(index == 0 ? first : rest)")
        }
        return Array(
            "{\"version\": 1, \"operations\": {\(operations.joined(separator: ","))\(extra)}, \"references\": \(references)}"
                .utf8)
    }

    @Test func bothWaysSayTheSame() throws {
        let bytes = Self.file(references: #"{"reference.error_codes": {"columns": ["a", "b"], "rows": [["1", "x"]]}}"#)
        #expect(bytes.count > 64 << 10)
        let whole = try BindingSet.parse(bytes, file: "b.json")
        let opened = try BindingSet.open(bytes, file: "b.json")
        #expect(opened.operations == whole.operations)
        for id in whole.operations { #expect(try opened.binding(of: id) == whole[id]) }
        #expect(opened.references == whole.references)
        #expect(opened["auth.get_token"] == nil)
    }

    @Test func aMistakeInAnOperationIsToldWhenItIsCalled() throws {
        let opened = try BindingSet.open(Self.file(#"{"method": "GTE", "path": "/own"}"#), file: "b.json")
        let error = failure { () throws(BindingError) in try opened.binding(of: "products.get") }
        #expect(error?.description.hasPrefix(#"b.json: $.operations["products.get"].method: expected one of"#) == true)
        #expect(try opened.binding(of: "products.save")?.path.text == "/a")
    }

    @Test(arguments: [#"{"method": "GET", "path": /own}"#, #"{"method": "GET", "path": "/own"]"#, #"["\x]", {}]"#])
    func textThatIsNoJSONIsToldWithItsPlaceInTheFile(_ first: String) throws {
        let bytes = Self.file(first)
        let opened = try BindingSet.open(bytes, file: "b.json")
        let error = failure { () throws(BindingError) in try opened.binding(of: "products.get") }
        let whole = failure { () throws(BindingError) in try BindingSet.parse(bytes, file: "b.json") }
        #expect(error == whole)
        #expect(error?.description.hasPrefix("b.json: line 1, column ") == true, "\(String(describing: error))")
        #expect(try opened.binding(of: "products.save")?.path.text == "/a")
    }

    @Test(arguments: [
        (#", "products.gte": {"method": "GET", "path": "/x"}"#, "did you mean products.get"), (", }", "line 1"),
        (#", "guide.faq_1": {}"#, "this is a guide page"),
    ])
    func whatIsWrongWithTheFileItselfIsToldAtOnce(extra: String, message: String) {
        let error = failure { () throws(BindingError) in try BindingSet.open(Self.file(extra: extra), file: "b.json") }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test func credentialsThatWouldGoElsewhereAreWarnedOf() throws {
        let extra = #", "auth.get_token": {"method": "POST", "path": "/elsewhere"}"#
        let opened = try BindingSet.open(Self.file(extra: extra), file: "b.json")
        #expect(opened.warnings.count == 1)
        #expect(BuiltInBindings.standard.merging(opened)["auth.get_token"]?.path.text == "/elsewhere")
    }

    @Test func theNewerOfTwoFilesCounts() throws {
        let long = try BindingSet.open(Self.file(), file: "b.json")
        let short = try BindingSet.open(
            Array(#"{"version": 1, "operations": {"products.get": {"method": "GET", "path": "/short"}}}"#.utf8),
            file: "s")
        #expect(long.merging(short)["products.get"]?.path.text == "/short")
        #expect(short.merging(long)["products.get"]?.path.text == "/own")
    }
}
