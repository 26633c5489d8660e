import C8Platform
import Testing

struct BindingsUpdateTests {
    private func page(_ path: String = "/example/a", title: String = "创建生产订单") throws -> ImportedPage {
        try PageImporter().read(Array("# \(title)\nPOST \(path)".utf8), name: "p.md")
    }

    private func text(_ update: BindingsUpdate) -> String { String(decoding: update.bytes, as: UTF8.self) }

    @Test func theSamePagesGiveTheSameFileInAnyOrder() throws {
        let pages = [try page(), try page(title: "删除生产订单"), try page(title: "更新生产订单")]
        let first = try BindingsUpdate(pages, into: nil, name: "b")
        #expect(try BindingsUpdate(pages.reversed(), into: nil, name: "b").bytes == first.bytes)
        let again = try BindingsUpdate(pages, into: first.bytes, name: "b")
        #expect(again.bytes == first.bytes)
        #expect(again.changes.map(\.change) == [.unchanged, .unchanged, .unchanged])
    }

    @Test func whatNobodyTouchedFollowsThePage() throws {
        let old = try BindingsUpdate([try page()], into: nil, name: "b")
        let new = try BindingsUpdate([try page("/example/b")], into: old.bytes, name: "b")
        #expect(new.changes.map(\.change) == [.changed])
        #expect(text(new).contains("/example/b"))
    }

    @Test(arguments: [
        ("\"write\"", "\"idempotent\""), ("/example/a", "/example/mine"),
        ("\"checksum\"", "\"guessed\": [], \"checksum\""),
    ])
    func whatWasEditedByHandIsKeptUnlessForced(old: String, new: String) throws {
        let before = text(try BindingsUpdate([try page()], into: nil, name: "b"))
        let edited = before.replacing(old, with: new, maxReplacements: 1)
        #expect(edited != before)
        let bytes = Array(edited.replacing(",\n        \"guessed\": [\n          \"effect\"\n        ]", with: "").utf8)
        let kept = try BindingsUpdate([try page("/example/c")], into: bytes, name: "b")
        let isConfirmation = old == "\"checksum\""
        #expect(kept.changes.map(\.change) == [isConfirmation ? .changed : .kept])
        #expect(text(kept).contains("/example/c") == isConfirmation)
        let forced = try BindingsUpdate([try page("/example/c")], into: bytes, name: "b", overwritesEdits: true)
        #expect(forced.changes.map(\.change) == [.changed])
        #expect(text(forced).contains("/example/c"))
    }

    @Test func whatAPersonWroteStaysBesideIt() throws {
        let own =
            #"{"version": 1, "operations": {"products.get": {"method": "GET", "path": "/own", "timeout": 2.5}}, "token_refusals": [{"code": 9}]}"#
        let update = try BindingsUpdate([try page()], into: Array(own.utf8), name: "b")
        let bindings = try BindingSet.parse(update.bytes, file: "b")
        #expect(bindings.operations == ["production.orders.create", "products.get"])
        #expect(bindings["products.get"]?.timeoutSeconds == 2.5)
        #expect(bindings.tokenRefusals.match(code: 9, metaStatus: nil, status: 200))
    }

    @Test func aFileThatIsNoBindingsFileIsNotTouched() throws {
        let imported = try page()
        let error = failure { () throws(BindingError) in
            try BindingsUpdate([imported], into: Array("{\"version\": 2}".utf8), name: "b.json")
        }
        #expect(error?.description.hasPrefix("b.json: $.version") == true)
    }

    @Test(arguments: [
        ("", "", ""), ("a\n", "a\n", ""), ("a\nb\nc\n", "a\nx\nc\n", "--- f\n+++ f\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"),
        ("", "a\n", "--- f\n+++ f\n@@ -0,0 +1,1 @@\n+a\n"), ("a\n", "", "--- f\n+++ f\n@@ -1,1 +0,0 @@\n-a\n"),
        (
            "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n",
            "--- f\n+++ f\n@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -9,4 +10,3 @@\n 9\n 10\n 11\n-12\n"
        ),
    ])
    func theDifferenceIsAsDiffShowsIt(old: String, new: String, expected: String) {
        #expect(LineDiff.unified(old: old, new: new, name: "f") == expected)
    }
}
