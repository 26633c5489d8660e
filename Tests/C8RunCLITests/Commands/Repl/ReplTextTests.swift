import C8Run
import Testing

@testable import C8RunCLI

@Suite struct ReplTextTests {
    static let directives: [(line: String, directive: ReplDirective?)] = [
        (":help", .help(topic: nil)), (":", .help(topic: nil)), (" :h keys ", .help(topic: "keys")),
        (":type x + 1", .type("x + 1")), (":load a b.lua", .load("a b.lua")), (":q", .quit), (":clear", .clear),
        (":reset", .reset), (":time f()", .time("f()")), (":doc c8.json", .documentation("c8.json")),
        ("::label::", nil), ("x", nil), ("", nil),
    ]

    @Test(arguments: directives.indices)
    func directiveIsRead(_ index: Int) throws {
        #expect(try ReplDirective(Self.directives[index].line) == Self.directives[index].directive)
    }

    @Test(arguments: [
        (":hlep", "there is no :hlep (did you mean help?)"), (":type", ":type needs an expression behind it"),
    ])
    func mistakeIsNamed(_ line: String, _ message: String) {
        let error = #expect(throws: UsageError.self) { try ReplDirective(line) }
        #expect(error?.description == message)
    }

    @Test func everyDirectiveAndTopicHasItsHelp() throws {
        let overview = try #require(ReplHelp.text(nil))
        for row in ReplDirective.table {
            #expect(overview.contains(":" + row.name))
            #expect(try ReplDirective(":\(row.name) x") != nil)
        }
        for topic in ReplHelp.topics { #expect(ReplHelp.text(topic.name) == topic.text) }
        #expect(ReplHelp.text("nonsense") == nil)
    }

    @Test func documentationComesFromTheAnnotations() throws {
        let types = TypeDocumentation.standard
        let function = try #require(types.text(for: "c8.json.decode"))
        #expect(function.hasPrefix("json.decode(text)\n") && function.contains("@param text string"))
        let module = try #require(types.text(for: "c8.fs"))
        #expect(module.hasPrefix("Files, as far as") && module.contains("  fs.read(path, options)\n"))
        #expect(try #require(types.text(for: "c8.json.null")).contains("userdata"))
        #expect(try #require(types.text(for: "c8.call")).contains("Calls an operation by its id."))
        #expect(types.text(for: "string.format") == nil)
    }

    @Test func shapeNamesTypes() {
        let value = DisplayValue.table(
            DisplayTable(fields: [
                .init(key: .string(Array("id".utf8), omitted: 0), value: .integer(1)),
                .init(
                    key: .string(Array("lines".utf8), omitted: 0),
                    value: .table(
                        DisplayTable(items: [
                            .table(
                                DisplayTable(fields: [
                                    .init(key: .string(Array("sku".utf8), omitted: 0), value: .string([65], omitted: 0))
                                ]))
                        ]))),
            ]))
        #expect(
            ShapeText.text([value]) == "table\n  id: integer\n  lines: array of 1 table\n    sku: string of 1 bytes\n")
        #expect(ShapeText.text([.nil, .number(1)]) == "nil\nfloat\n")
        #expect(ShapeText.text([]) == "no value\n")
    }

    @Test(arguments: [(1.25, "1.25 s"), (0.0125, "12.5 ms"), (0.00083, "830 µs"), (123.4, "123 s")])
    func durationHasThreeDigits(_ seconds: Double, _ text: String) {
        #expect(ReplLoop.duration(seconds) == text)
    }
}
