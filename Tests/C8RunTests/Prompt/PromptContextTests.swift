import Testing

@testable import C8Run

@Suite struct PromptContextTests {
    static let contexts: [(text: String, context: PromptContext)] = [
        ("", .name(path: [], partial: "")),
        ("pri", .name(path: [], partial: "pri")),
        ("x = fun", .name(path: [], partial: "fun")),
        ("function", .name(path: [], partial: "function")),
        ("c8.", .name(path: ["c8"], partial: "")),
        ("f(c8.json.de", .name(path: ["c8", "json"], partial: "de")),
        ("s:up", .name(path: ["s"], partial: "up")),
        ("('x'):up", .none),
        ("'x' .. a.b", .name(path: ["a"], partial: "b")),
        ("f().b", .none),
        ("-- pri", .none),
        ("--[[ a\nb", .none),
        ("'pri", .none),
        ("12", .none),
        ("-- a\npri", .name(path: [], partial: "pri")),
        ("require \"c8.", .module(partial: "c8.")),
        ("require('", .module(partial: "")),
        ("x.require('", .none),
        ("c8.call(\"production.or", .operation(partial: "production.or")),
        ("c8.upload{operation = \"dig", .operation(partial: "dig")),
        ("c8.a.b{ or", .field(operation: "a.b", place: [], given: [], partial: "or")),
        ("c8.a.b({", .field(operation: "a.b", place: [], given: [], partial: "")),
        ("c8.a.b{x = 1, y = {z = 2}, ", .field(operation: "a.b", place: [], given: ["x", "y"], partial: "")),
        ("c8.a.b{lines = {{n = 1}, {s", .field(operation: "a.b", place: ["lines"], given: [], partial: "s")),
        ("c8.a.b{to = {ci", .field(operation: "a.b", place: ["to"], given: [], partial: "ci")),
        ("c8.call('a.b', {q", .field(operation: "a.b", place: [], given: [], partial: "q")),
        ("c8.a.b{x = ", .name(path: [], partial: "")),
        ("c8.a.b{x = f(a, ", .name(path: [], partial: "")),
        ("local t = {a", .name(path: [], partial: "a")),
        ("c8.a.b{f = function() x, ", .name(path: [], partial: "")),
    ]

    @Test(arguments: contexts.indices)
    func placeOfTheCursorIsUnderstood(_ index: Int) {
        let row = Self.contexts[index]
        #expect(PromptContext(before: row.text) == row.context, "\(row.text)")
    }
}
