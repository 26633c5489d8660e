import Fuzzing
import LuaRuntime
import Testing

/// Patterns made at random over texts made at random: the four functions that match agree with each other.
@Suite struct PatternFuzzTests {
    private static let pieces = [
        "a", "b", ".", "%a", "%d", "%s", "%w", "[ab]", "[^a]", "[a-c%d]", "%b()", "%f[%w]", "(", ")", "(a)", "(.-)",
        "()", "%1",
        "*", "+", "-", "?", "^", "$", "%", "%%", "[", "]", "\\0", "x",
    ]
    private static let letters = ["a", "b", "c", "(", ")", "1", " ", "\\0", "é", "x", "aa", "ab"]

    @Test func matchersAgree() async throws {
        try await Fuzzing.loop(least: 400) { seed in
            var generator = SeededGenerator(seed: seed)
            let pattern = generator.text(of: Self.pieces, most: 8)
            let text = generator.text(of: Self.letters, most: 30)
            let source = """
                local s, p = "\(text)", "\(pattern)"
                local ok, from, to = pcall(string.find, s, p)
                local ok2 = pcall(string.match, s, p)
                local ok3, replaced, count = pcall(string.gsub, s, p, "%0")
                -- Without one of these, find takes a pattern as plain text.
                if not p:find("[%^%$%*%+%?%.%(%[%%%-]") then return end
                assert(ok == ok2, "find and match disagree about the pattern")
                if not ok then return end
                assert((from == nil) == (s:match(p) == nil), "find and match disagree")
                if from then assert(to >= from - 1 and from >= 1 and to <= #s, "no place in the text") end
                assert(not ok3 or replaced == s, "gsub with %0 changes the text")
                if p:sub(1, 1) ~= "^" and ok3 then
                  local n = 0
                  for _ in s:gmatch(p) do n = n + 1 end
                  assert(n == count, "gmatch and gsub count " .. n .. " and " .. count)
                end
                """
            do {
                try await run(source, limits: LuaLimits(memory: 8 << 20))
            } catch let error as LuaError {
                Issue.record("seed \(seed), \(pattern) over \(text): \(error)")
            }
        }
    }
}
