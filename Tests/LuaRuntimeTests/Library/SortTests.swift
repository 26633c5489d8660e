import LuaRuntime
import Testing

/// `table.sort` of numbers takes a way of its own; the order must be the one that `<` gives.
@Suite struct SortTests {
    /// Fills `t[i]` for i of 1 to n; `r` is a random integer of 64 bits.
    static let fillings = [
        "r", "r % 100", "r % 2 == 0 and math.mininteger or math.maxinteger", "i", "-i", "7",
        "r * 1.5", "(r % 1000 - 500) / 8", "i % 3 == 0 and 1/0 or i % 3 == 1 and -1/0 or 0.0",
        "i % 2 == 0 and -0.0 or 0.0",
        "r % 2 == 0 and r % 1000 or r % 1000 + 0.5", "tostring(r)", "i % 10 == 0 and 2.0^53 or 2^53 // 1 | 1",
    ]

    @Test(arguments: fillings)
    func orderIsThatOfLessThan(_ filling: String) async throws {
        let source = """
            for _, n in ipairs {0, 1, 2, 63, 64, 65, 1000, 5000} do
              local t, count, kinds = {}, {}, {}
              for i = 1, n do
                local r = math.random(0)
                local v = \(filling)
                t[i] = v
                count[v] = (count[v] or 0) + 1
                kinds[math.type(v) or 'string'] = (kinds[math.type(v) or 'string'] or 0) + 1
              end
              table.sort(t)
              assert(#t == n)
              for i = 1, n do
                assert(i == 1 or not (t[i] < t[i - 1]), 'unordered')
                count[t[i]] = count[t[i]] - 1
                local kind = math.type(t[i]) or 'string'
                kinds[kind] = kinds[kind] - 1
              end
              for _, left in pairs(count) do assert(left == 0, 'other values') end
              for _, left in pairs(kinds) do assert(left == 0, 'other types') end
            end
            return true
            """
        #expect(try await run(source).literal == "true")
    }

    @Test(arguments: [
        ("local t = {} for i = 1, 100 do t[i] = i end t[50] = 'x' table.sort(t)", "attempt to compare"),
        ("local t = {} for i = 1, 100 do t[i] = i end t[50] = {} table.sort(t)", "attempt to compare"),
        (
            "local t = setmetatable({}, {__index = function(_, i) return i end, __len = function() return 100 end, "
                + "__newindex = function() error('written') end}) local u = {} table.sort(t, function() return true end)",
            "written"
        ),
    ])
    func mistakesAreStillFound(_ source: String, _ message: String) async throws {
        let error = try await failure(of: source)
        #expect(error.message.contains(message))
    }

    @Test func metamethodsAreHeeded() async throws {
        let source = """
            local reads, data = 0, {}
            for i = 1, 100 do data[i] = 101 - i end
            local t = setmetatable({}, {
              __len = function() return #data end,
              __index = function(_, i) reads = reads + 1 return data[i] end,
              __newindex = function(_, i, v) data[i] = v end,
            })
            table.sort(t)
            return reads > 0, data[1], data[100], next(t)
            """
        #expect(try await run(source).literal == "true, 1, 100, nil")
    }
}
