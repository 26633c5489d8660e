import LuaRuntime
import Testing

/// Lua before 5.4.5 (upstream fix 1e64c139) does not count the C calls of `coroutine.close`: suspended coroutines that
/// close each other from `__close` go as deep as there are coroutines.
@Suite struct NestedCloseTests {
    private static func chain(_ count: Int, between: String) -> String {
        """
        local previous
        for _ = 1, \(count) do
          local mine = previous
          local function close()
            if not mine then return end
            local ok, problem = coroutine.close(mine)
            if not ok then error(problem, 0) end
          end
          local co = coroutine.create(function()
            local _ <close> = setmetatable({}, {__close = function() \(between) end})
            coroutine.yield()
          end)
          coroutine.resume(co)
          previous = co
        end
        return coroutine.close(previous)
        """
    }

    @Test func depthIsBounded() async throws {
        let results = try await run(Self.chain(30_000, between: "close()"))
        #expect(results.first?.literal == "false")
        #expect(results.last?.literal.contains("C stack overflow") == true)
    }

    @Test func depthIsBoundedWithCallbacksBetween() async throws {
        let eat =
            "local function eat(n) if n == 0 then close() else string.gsub('a', 'a', function() eat(n - 1) end) end end eat(100)"
        let results = try await run(Self.chain(2000, between: eat))
        #expect(results.first?.literal == "false")
        #expect(results.last?.literal.contains("C stack overflow") == true)
    }

    @Test func ordinaryNestingCloses() async throws {
        #expect(try await run(Self.chain(100, between: "close()")).literal == "true")
    }
}
