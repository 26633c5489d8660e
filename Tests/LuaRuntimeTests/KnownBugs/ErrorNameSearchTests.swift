import LuaRuntime
import Testing

/// Lua before 5.4.7 (upstream fix 7923dbbf) recurses once for each link of a chain when it names the culprit of an error,
/// and twice where keys are computed: a crash, or a search that outlives the universe. Such text is refused.
@Suite struct ErrorNameSearchTests {
    static let excessive = [
        "local a = ... a = a\(String(repeating: ".x", count: 200_000)) return a.y.z",
        "local a = ... \(String(repeating: "a = a.x ", count: 100_000)) return a.y.z",
        "local a = ... \(String(repeating: "a = a[a] ", count: 60)) return a.y.z",
        "local a = ... \(String(repeating: "a = a[1] ", count: 50_000)) return a.y.z",
        "local a, b = ... \(String(repeating: "b = a[b] a = b ", count: 5000)) return a.y.z",
        "return function() return function(a) \(String(repeating: "a = a.x ", count: 5000)) a.y.z() end end",
    ]

    @Test(arguments: excessive)
    func excessiveChainIsRefused(text: String) async throws {
        let results = try await run("return load(...)", arguments: [.string(LuaString(text))])
        #expect(results.first?.literal == "nil")
        #expect(results.last?.literal.contains("too many times in a row") == true)
        #expect(try await failure(of: text).kind == .syntax)
    }

    static let ordinary = [
        "local a = ... return a\(String(repeating: ".x", count: 500)).n",
        "local a = ... \(String(repeating: "a.n = a.x.x.x.n ", count: 5000)) return a.n",
        "local a = ... \(String(repeating: "a = a.f(a).x ", count: 5000)) return a.n",
        "local a = ... a = a\(String(repeating: ":f()", count: 5000)) return a.n",
        "local a = ... \(String(repeating: "do local b = a.x local c = b.x a.n = c.n end ", count: 5000)) return a.n",
        "local a = ... \(String(repeating: "a.n = a[a.k][a.k].n ", count: 5000)) return a.n",
        "local a = ... local t = {\(String(repeating: "a.n, {a.x.n, k = 'text', 1.5, 7}, ", count: 5000))} return t[1]",
    ]

    @Test(arguments: ordinary)
    func ordinaryTextRuns(text: String) async throws {
        let source = """
            local object = {n = 7, k = "x"}
            object.x = object
            object.f = function(self) return self end
            return assert(load(...))(object)
            """
        #expect(try await run(source, arguments: [.string(LuaString(text))]).literal == "7")
    }

    @Test func worstPermittedSearchIsShort() async throws {
        let text = "local a = ... a = a\(String(repeating: ".x", count: 1900)) return a.y.z"
        let source = "local object = {} object.x = object return pcall(assert(load(...)), object)"
        let results = try await run(source, arguments: [.string(LuaString(text))])
        #expect(results.last?.literal.contains("field 'y'") == true)
    }
}
