import LuaSyntax
import Testing

/// What Lua accepts is accepted here, and what it refuses is refused in the same words, at the same line.
struct DifferentialTests {
    @Test func everyFileOfTheProjectIsReadAsLuaReadsIt() throws {
        let lua = try RealLua()
        #expect(Sources.all.count > 20)
        for (path, bytes) in Sources.all {
            let chunk = LuaChunk.parse(bytes)
            #expect(chunk.errors.isEmpty, "\(path): \(chunk.errors)")
            let withoutFirst = bytes.first == UInt8(ascii: "#") ? Array(bytes.drop { $0 != 0x0A }) : bytes
            #expect(lua.refusal(of: withoutFirst) == nil, "\(path)")
        }
    }

    @Test(arguments: Snippets.all)
    func trickySnippetIsJudgedAsLuaJudgesIt(_ snippet: String) throws {
        let difference = try RealLua().difference(over: Array(snippet.utf8))
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test(arguments: [
        "return " + String(repeating: "(", count: 180) + "1" + String(repeating: ")", count: 180),
        "return " + String(repeating: "(", count: 300) + "1" + String(repeating: ")", count: 300),
        String(repeating: "do ", count: 150) + String(repeating: "end ", count: 150),
        String(repeating: "do ", count: 5000),
        "return " + String(repeating: "- ", count: 190) + "1",
        "return " + String(repeating: "{", count: 100_000),
        "x = " + String(repeating: "a + ", count: 100_000) + "b",
        "x = a" + String(repeating: ".a", count: 100_000),
        "return " + String(repeating: "a .. ", count: 190) + "b",
        "return " + String(repeating: "a .. ", count: 250) + "b",
        String(repeating: "a, ", count: 150) + "a = 1",
        String(repeating: "if x then ", count: 300),
        (1...200).map { "local a\($0) = \($0) " }.joined(),
        (1...201).map { "local a\($0) = \($0) " }.joined(),
        String(repeating: "function f() ", count: 250),
        String(repeating: "if x then elseif y then ", count: 1) + String(repeating: " elseif y then ", count: 2000)
            + "end",
    ])
    func deepTextIsBoundedAsLuaBoundsIt(_ text: String) throws {
        let difference = try RealLua().difference(over: Array(text.utf8))
        #expect(difference == nil, "\(difference ?? "") over \(text.prefix(60))")
    }
}
