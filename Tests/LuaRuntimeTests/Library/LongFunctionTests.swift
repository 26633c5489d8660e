import LuaRuntime
import Testing

/// Functions written in C, which no hook of Lua reaches. None of the calls would end by itself within a day; how soon each
/// ends on a quiet machine is what scripts/stops measures.
@Suite(.serialized) struct LongFunctionTests {
    static let endless = [
        "string.find(('a'):rep(40), ('a?'):rep(40) .. ('a'):rep(40))",
        "(('a'):rep(1e5)):find(('.-'):rep(9) .. 'b')",
        "(('a'):rep(1e5)):match(('a*'):rep(8) .. 'b')",
        "string.gsub(('a'):rep(1e5), ('a*'):rep(8) .. 'b', '')",
        "for _ in (('a'):rep(1e5)):gmatch('.-.-.-b') do end",
        "while true do string.find(('x'):rep(1e7), 'y', 1, true) end",
        "while true do local s = ('x'):rep(1e7) s = s:upper() s = s:lower() s = s:reverse() end",
        "table.move({}, 1, math.maxinteger - 1, 2)",
        "table.move(setmetatable({}, {__index = function() end, __newindex = function() end}), 1, 1e15, 2)",
        "table.insert(setmetatable({}, {__len = function() return math.maxinteger - 1 end}), 1, 1)",
        "table.remove(setmetatable({}, {__len = function() return math.maxinteger - 1 end}), 1)",
        "table.concat(setmetatable({}, {__index = function() return '' end}), '', 1, math.maxinteger - 1)",
        "table.sort(setmetatable({}, {__len = function() return 2^30 end, __index = function(_, i) return i end, "
            + "__newindex = function() end}))",
        "local t = {} for i = 1, 2e5 do t[i] = i * 7919 % 100003 end while true do table.sort(t) end",
        "while true do utf8.len(('x'):rep(1e7)) utf8.offset(('x'):rep(1e7), 1e7) end",
        "local n = 0 load(function() n = n + 1 return 'x = 1 ' end)",
        "while true do load(('x = 1 '):rep(1e5)) end",
        "local t = {} for i = 1, 1e5 do t[i] = {} end while true do collectgarbage() end",
        "local a = {1} for i = 1, 60 do a = {a, a} end json.encode(a)",
        "while true do json.decode('[' .. ('1,'):rep(1e5) .. '1]') end",
        "local t = {} for i = 1, 1e5 do t['k' .. i] = i end while true do json.encode(t, {sort_keys = true}) end",
    ]

    @Test(arguments: endless)
    func functionInCIsStoppedToo(_ source: String) async throws {
        let stop = ScriptStop()
        let stopper = Task.detached {
            try await Task.sleep(for: .milliseconds(100))
            stop.request(.timeout)
        }
        let error = try await failure(of: source, limits: LuaLimits(memory: 256 << 20), stop: stop)
        try await stopper.value
        #expect(error.kind == .stopped(.timeout))
    }

    static let behaviour: [(source: String, result: String)] = [
        (
            "return ('hello world'):find('o w'), ('a.b'):find('.', 1, true), ('abc'):find('', 4), ('abc'):find('', 5)",
            "5, 2, 4, nil"
        ),
        ("return ('key = 12'):match('^(%w+)%s*=%s*(%d+)$')", "'key', '12'"),
        ("return ('THE (quick) fox'):find('%((%a+)%)')", "5, 11, 'quick'"),
        ("return ('x()y'):match('()%(()%)()')", "2, 3, 4"),
        ("return ('THE (quick) fox'):gsub('%f[%a]%a+', string.lower)", "'the (quick) fox', 3"),
        ("return ('abc'):gsub('', '-')", "'-a-b-c-', 4"),
        ("return ('abc'):gsub('%w', '%0%0', 2)", "'aabbc', 2"),
        ("return ('hello'):gsub('l+', {ll = 'LL'})", "'heLLo', 1"),
        ("return ('f(a(b)c)d'):match('%b()')", "'(a(b)c)'"),
        ("return ('abab'):match('(ab)%1')", "'ab'"),
        ("return ('a\\0b'):find('%z'), #('a\\0b'):match('.+')", "2, 3"),
        (
            "local r = {} for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do r[#r + 1] = k .. v end return table.concat(r, ' ')",
            "'a1 b2'"
        ),
        (
            "local r = {} for w in ('one two'):gmatch('%a+', 3) do r[#r + 1] = w end return table.concat(r, ' ')",
            "'e two'"
        ),
        ("return ('ab'):rep(3, ','), ('x'):rep(0), ('x'):rep(-1), #('xyz'):rep(1e6)", "'ab,ab,ab', '', '', 3000000"),
        ("return ('aBc'):upper(), ('aBc'):lower(), ('abc'):reverse()", "'ABC', 'abc', 'cba'"),
        ("local t = {5, 3, 8, 1} table.sort(t) return table.concat(t, ' ')", "'1 3 5 8'"),
        (
            "local t = {5, 3, 8, 1} table.sort(t, function(a, b) return a > b end) return table.concat(t, ' ')",
            "'8 5 3 1'"
        ),
        ("local t = {1, 2, 3} table.insert(t, 2, 9) return table.remove(t, 1), table.concat(t, ' ')", "1, '9 2 3'"),
        ("return table.concat(table.move({1, 2, 3}, 1, 3, 2), ' ')", "'1 1 2 3'"),
        ("return utf8.len('中文'), utf8.len('\\xff'), utf8.offset('中文', 2)", "2, nil, 4"),
        ("return os.setlocale(), os.setlocale('C'), os.setlocale('zh_CN.UTF-8')", "'C', 'C', nil"),
    ]

    @Test(arguments: behaviour)
    func resultIsThatOfLua(_ source: String, _ result: String) async throws {
        #expect(try await run(source).literal == result)
    }

    static let mistakes: [(source: String, message: String)] = [
        ("('x'):find('[a')", "malformed pattern (missing ']')"),
        ("('x'):find('%')", "malformed pattern (ends with '%')"),
        ("('x'):find('%b')", "malformed pattern (missing arguments to '%b')"),
        ("('x'):find('%f')", "missing '[' after '%f' in pattern"),
        ("('x'):find('(x')", "unfinished capture"),
        ("('x'):match('x)')", "invalid pattern capture"),
        ("('x'):find('%1')", "invalid capture index %1"),
        ("('x'):find(('()'):rep(33))", "too many captures"),
        ("(('x'):rep(300)):find(('x?'):rep(300))", "pattern too complex"),
        ("('x'):gsub('x', '%2')", "invalid capture index %2"),
        ("('x'):gsub('x', '%y')", "invalid use of '%' in replacement string"),
        ("('x'):gsub('x', true)", "bad argument #2 to 'gsub' (string/function/table expected, got boolean)"),
        ("('x'):gsub('x', function() return {} end)", "invalid replacement value (a table)"),
        ("('x'):rep(1 << 31)", "resulting string too large"),
        ("table.sort({3, 1, 2, 5, 4, 7, 6}, function() return true end)", "invalid order function for sorting"),
        ("table.concat({1, {}, 3})", "invalid value (at index 2) in table for 'concat'"),
        ("table.insert({}, 5, 1)", "bad argument #2 to 'insert' (position out of bounds)"),
        ("table.insert({}, 1, 2, 3)", "wrong number of arguments to 'insert'"),
        ("table.move({}, 1, math.maxinteger, 2)", "destination wrap around"),
        ("string.format(('%%'):rep(1 << 20))", "format longer than 1 MiB"),
    ]

    @Test(arguments: mistakes)
    func mistakeIsNamedAsLuaNamesIt(_ source: String, _ message: String) async throws {
        let error = try await failure(of: source)
        #expect(error.message.contains(message), "\(error.message)")
    }
}
