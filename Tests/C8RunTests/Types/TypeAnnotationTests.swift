import C8Platform
import C8Run
import Foundation
import Testing

/// What editors get: the modules' own files and the operations, read as lua-language-server reads them.
struct TypeAnnotationTests {
    private static let hostile = #"""
        {"version": 1, "operations": {
          "production.orders.create": {"method": "POST", "path": "/a/{site}", "request": {
            "end": {"type": "string", "required": true, "description": "a\n---@class evil\n]] --[[ x"},
            "x-y": {"type": "integer", "example": 5}, "a\"]b": {"type": "any"}, "public": {"type": "boolean"},
            "items": {"type": "array", "items": {"type": "object", "fields": {
               "函": {"type": "object", "fields": {"deep": {"type": "array", "items": {"type": "array", "items": {"type": "number"}}}}}}}},
            "file": {"type": "file"}, "free": {"type": "object"}, "list": {"type": "array"}},
            "response": {"rows": {"type": "array", "items": {"type": "object", "fields": {"id": {"type": "integer"}}}}},
            "errors": {"1": "multi\nline"}, "paging": {"page": "p", "size": "s", "items": "rows", "total": "t"}},
          "products.set_enabled_batch": {"method": "POST", "path": "/b", "multipart": true, "download": true}}}
        """#

    private func files(_ bindings: BindingSet) -> [(path: String, text: String)] {
        EmbeddedLibrary.types.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
            + [("c8/operations.lua", OperationAnnotations.text(bindings: bindings))]
    }

    @Test(arguments: ["", hostile]) func everyLineIsOneThatAnEditorReads(text: String) throws {
        let bindings = text.isEmpty ? BuiltInBindings.standard : try BindingSet.parse(Array(text.utf8), file: "b")
        #expect(LuaCATSChecker(files(bindings)).problems == [])
    }

    @Test(arguments: ["", hostile]) func everyFileIsLua(text: String) async throws {
        let bindings = text.isEmpty ? BuiltInBindings.standard : try BindingSet.parse(Array(text.utf8), file: "b")
        for file in files(bindings) {
            let run = PlatformScript()
            // Long brackets, so that nothing in the text needs an escape.
            let outcome = try await run.run("io.write(tostring(load([=====[\n\(file.text)]=====])))")
            #expect(outcome.printed.hasPrefix("function"), "\(file.path): \(outcome.printed)")
        }
    }

    @Test func everyModuleOfTheHostHasItsFile() {
        let described = Set(EmbeddedLibrary.types.map { String($0.path.dropLast(4).map { $0 == "/" ? "." : $0 }) })
        // c8.test is the test runner's.
        #expect(described == Set(HostModuleNames.all + ["c8.test"]))
    }

    @Test func everyOperationIsThereWithItsTitle() throws {
        let text = OperationAnnotations.text(bindings: try BindingSet.parse(Array(Self.hostile.utf8), file: "b"))
        for entry in Catalogue.standard.operations {
            #expect(text.contains("function c8.\(entry.id)(body, opts) end"), "\(entry.id)")
            #expect(text.contains(entry.title) && text.contains(entry.summary))
        }
        #expect(text.contains("---@field [\"end\"] string a ---@class evil ]] --[[ x\n"))
        #expect(text.contains("---@field [\"x-y\"]? integer (e.g. 5)\n"))
        #expect(text.contains("---@field site any part of the path\n"))
        #expect(text.contains("---@field file? c8.File\n"))
        #expect(text.contains("use `c8.products.enable_batch_v3` or `c8.products.disable_batch_v3`."))
        #expect(text.contains("---@param body c8.production.orders.create.Request\n"))
        #expect(text.contains("- 1 multi line\n"))
        #expect(text.components(separatedBy: "---@deprecated").count == 8)
    }

    /// What the files promise is what the modules have: each function of a module's table is described.
    @Test func everyFunctionOfAModuleIsDescribed() async throws {
        let outcome = try await PlatformScript().run(
            """
            for _, name in ipairs{'token', 'json', 'http', 'fs', 'log', 'time', 'crypto', 'env', 'task'} do
              for member in pairs(require('c8.' .. name)) do print(name, member) end
            end
            """)
        for line in outcome.printed.split(separator: "\n") {
            let parts = line.split(separator: "\t")
            let file = files(BindingSet()).first { $0.path == "c8/\(parts[0]).lua" }
            let text = file?.text ?? ""
            #expect(
                text.contains("function \(parts[0]).\(parts[1])(") || text.contains("---@field \(parts[1]) "), "\(line)"
            )
        }
    }
}
