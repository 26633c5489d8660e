import LuaRuntime
import Testing

/// Long formats are put together from pieces: the result is that of short ones.
@Suite struct FormatTests {
    @Test(arguments: [
        // Many fields, literal text and escaped signs.
        "local f, t = ('%d-%%-%s;'):rep(500), {} for i = 1, 1000 do t[i] = i end "
            + "local want = {} for i = 1, 1000, 2 do want[#want + 1] = i .. '-%-' .. (i + 1) .. ';' end "
            + "return f:format(table.unpack(t)) == table.concat(want)",
        "return (('x'):rep(300) .. '%s'):format('y') == ('x'):rep(300) .. 'y'",
        "return (('%%'):rep(300)):format() == ('%'):rep(300)",
        "return ('%5.1f|'):rep(100):format(table.unpack((function() local t = {} for i = 1, 100 do t[i] = i end return t end)())):sub(1, 12) == '  1.0|  2.0|'",
        // Long strings, quoted: control characters before digits at every place, also where pieces meet.
        "for shift = 0, 5 do local s = ('z'):rep(shift) .. ('\\0001\\n\\r\"\\\\\\1' .. 'é'):rep(30000) "
            + "if load('return ' .. ('%q'):format(s))() ~= s then return false end end return true",
        "local s = ('\\0'):rep(200000) return load('return ' .. ('%q'):format(s))() == s",
        "local s = ('7'):rep(200000) return ('%q, %q'):format(s, 1) == '\"' .. s .. '\", 1'",
        "local s = ('7'):rep(200000) return ('%s%s'):format(s, s) == s .. s",
        "return ('%s'):rep(300):format(table.unpack((function() local t = {} for i = 1, 300 do t[i] = setmetatable({}, {__tostring = function() return 'o' end}) end return t end)())) == ('o'):rep(300)",
    ])
    func piecesMakeTheWhole(source: String) async throws {
        #expect(try await run(source).literal == "true")
    }

    @Test(arguments: [
        (
            "local t = {} for i = 1, 99 do t[i] = i end ('%d '):rep(100):format(table.unpack(t))",
            "bad argument #100 to 'format'"
        ),
        (
            "local t = {} for i = 1, 100 do t[i] = i end t[80] = {} ('%d '):rep(100):format(table.unpack(t))",
            "bad argument #80 to 'format'"
        ),
        ("(('x'):rep(300) .. '%y'):format(1)", "invalid conversion '%y' to 'format'"),
        ("(('x'):rep(300) .. '%'):format(1)", "invalid conversion '%' to 'format'"),
        ("(('%d'):rep(600000)):format()", "format longer than 1 MiB"),
        ("('%5q'):format(('x'):rep(100000))", "cannot have modifiers"),
    ])
    func mistakesAreToldAsByTheLibrary(source: String, message: String) async throws {
        let error = try await failure(of: source)
        #expect(error.message.contains(message), "\(error.message)")
    }
}
