import LuaRuntime
import Testing

/// `__concat`, whose metamethod may grow or shrink the stack under the interpreter's feet.
@Suite struct ConcatenationTests {
    /// `deep` makes the stack grow far beyond what it had.
    static let prelude = """
        local function deep(n) if n > 0 then return (deep(n - 1)) end end
        local M = {}
        M.__concat = function(a, b)
            deep(15000)
            return (type(a) == 'table' and a.name or a) .. '+' .. (type(b) == 'table' and b.name or b)
        end
        local function new(name) return setmetatable({name = name}, M) end
        local t, u = new('t'), new('u')

        """

    static let rows: [(source: String, result: String)] = [
        ("return 'b' .. t", "'b+t'"),
        ("return t .. 'b'", "'t+b'"),
        ("return 1 .. t, t .. 2.5", "'1+t', 't+2.5'"),
        ("return t .. u", "'t+u'"),
        ("return 'a' .. 'b' .. t .. 'c' .. 'd'", "'abt+cd'"),
        ("return t .. u .. t .. u", "'t+u+t+u'"),
        ("local x, y, z = 1, 2, 3 local s = x .. t .. y .. u .. z return s, x, y, z", "'1t+2u+3', 1, 2, 3"),
        ("return select('#', 'a' .. t, 'b' .. u)", "2"),
        ("local r = {} for i = 1, 200 do r[i] = i .. t end return #r, r[1], r[200]", "200, '1+t', '200+t'"),
        ("return pcall(function() return 'b' .. t end)", "true, 'b+t'"),
        ("return coroutine.wrap(function() return 'b' .. t end)()", "'b+t'"),
        (
            "local co = coroutine.wrap(function() coroutine.yield('y' .. t) return u .. 'z' end) return co(), co()",
            "'y+t', 'u+z'"
        ),
        (
            "M.__concat = function(a, b) return coroutine.yield('inside') end "
                + "local co = coroutine.wrap(function() return 'b' .. t end) return co(), co('resumed')",
            "'inside', 'resumed'"
        ),
        ("M.__concat = function(a, b) return later('host') end return 'b' .. t .. 'c'", "'bhost'"),
        ("M.__concat = function() error('no', 0) end return pcall(function() return 'b' .. t end)", "false, 'no'"),
        ("M.__concat = function() return 7, 8 end return 'b' .. t", "7"),
        ("M.__concat = setmetatable({}, {__call = function(_, a, b) return 'called' end}) return 'b' .. t", "'called'"),
        // Set after setmetatable, changed, removed.
        (
            "local N = {} local n = setmetatable({}, N) N.__concat = function() return 'late' end return n .. 1",
            "'late'"
        ),
        (
            "M.__concat = nil return pcall(function() return 'b' .. t end)",
            "false, 'test.lua:9: attempt to concatenate a table value'"
        ),
        (
            "return pcall(function() return 'b' .. {} end)",
            "false, 'test.lua:9: attempt to concatenate a table value'"
        ),
        (
            "return pcall(function() local z return 'b' .. z end)",
            "false, 'test.lua:9: attempt to concatenate a nil value (local 'z')'"
        ),
        // Where Lua cannot yield.
        (
            "local r = {} table.sort({1, 2}, function(a, b) r[1] = pcall(function() return 'b' .. t end) return a < b end) "
                + "return type(r[1])", "'boolean'"
        ),
    ]

    @Test(arguments: rows)
    func metamethodMayMoveTheStack(_ source: String, _ result: String) async throws {
        #expect(try await run(Self.prelude + source, functions: ["later": later]).literal == result)
    }

    @Test(arguments: [
        "for k in pairs(M) do r[#r + 1] = k end", "for k in next, M do r[#r + 1] = k end",
        "local k = next(M) while k do r[#r + 1] = k k = next(M, k) end",
        "for k in pairs(setmetatable({}, {__pairs = function() return next, M end})) do r[#r + 1] = k end",
    ])
    func metatableShowsNoMoreThanTheScriptPutThere(_ loop: String) async throws {
        let source =
            "local M = {a = 1} setmetatable({}, M) M.__gc = print setmetatable({}, M) local r = {} \(loop) "
            + "table.sort(r) return table.concat(r, ' ')"
        #expect(try await run(source).literal == "'__gc a'")
    }

    @Test func hostSeesNoMoreEither() async throws {
        let values = try await run(
            "local M = {a = 1, __gc = print} setmetatable({}, M) return M, json.encode(setmetatable({b = 2}, {}))")
        #expect(values[1].literal == "'{\"b\":2}'")
        guard case .table(let table) = values[0] else { return #expect(Bool(false)) }
        #expect(table.pairs.map(\.key.literal).sorted() == ["'__gc'", "'a'"])
    }

    /// Lua takes the finaliser of the moment, not that of `setmetatable`; neither may outlive a stop.
    @Test func finaliserSetLaterIsStoppedToo() async throws {
        let stop = ScriptStop()
        let stopper = Task.detached {
            try await Task.sleep(for: .milliseconds(30))
            stop.request(.timeout)
        }
        let error = try await failure(
            of: """
                local M = {__gc = function() end}
                setmetatable({}, M)
                M.__gc = function() while true do end end
                collectgarbage() collectgarbage()
                """, stop: stop)
        try await stopper.value
        #expect(error.kind == .stopped(.timeout))
    }

    @Test func finaliserOfTheMomentRuns() async throws {
        let source = """
            local seen = {}
            local M = {__gc = true}
            setmetatable({}, M)
            M.__gc = function() seen[#seen + 1] = 'late' end
            setmetatable({}, {__gc = function(o) seen[#seen + 1] = type(o) end})
            collectgarbage() collectgarbage()
            table.sort(seen)
            return table.concat(seen, ' ')
            """
        #expect(try await run(source).literal == "'late table'")
    }
}
